import { dottedName, toExpression } from "./expression.ts";
import { childByField, namedChildren, type SyntaxNode } from "./syntax-node.ts";

// Tests of how a value is consumed: whoever writes one expects several kinds, so the tested name is unknown there.
const KIND_TESTS = new Set([
  "isawaitable",
  "iscoroutine",
  "iscoroutinefunction",
  "isasyncgen",
  "isasyncgenfunction",
  "isgenerator",
  "isgeneratorfunction",
  "isfuture",
  "is_async_callable",
]);

// Tests of what a value is otherwise: the name is what it is declared to be, but perhaps not only that.
const CLASS_TESTS = new Set(["isinstance", "issubclass", "hasattr", "callable"]);

export interface TestedName {
  readonly name: string;
  /** The test is about awaiting or iterating. */
  readonly isKindTest: boolean;
}

/** The dotted name of an expression, if it has one. */
export function guardedName(node: SyntaxNode, text: string): string | null {
  return dottedName(toExpression(node, text));
}

/** The name that a call such as `inspect.isawaitable(x)` or `isinstance(x, T)` tests, or null. */
export function nameTestedBy(call: SyntaxNode, text: string): TestedName | null {
  const callee = childByField(call, "function");
  const list = childByField(call, "arguments");
  if (callee === null || list === null) return null;
  const path = text.slice(callee.start, callee.end);
  const last = path.slice(path.lastIndexOf(".") + 1);
  if (!KIND_TESTS.has(last) && !CLASS_TESTS.has(last)) return null;
  const [first] = namedChildren(list);
  if (first === undefined) return null;
  const name = guardedName(first.type === "call" ? (childByField(first, "function") ?? first) : first, text);
  return name === null ? null : { name, isKindTest: isKindTest(last, list, text) };
}

/** `isinstance(x, Awaitable)` asks the same as `isawaitable(x)`. */
function isKindTest(last: string, list: SyntaxNode, text: string): boolean {
  if (KIND_TESTS.has(last)) return true;
  const types = namedChildren(list)[1];
  return (
    types !== undefined &&
    /\b(Awaitable|Coroutine(Type)?|Async(Iterator|Iterable|Generator(Type)?)|Generator(Type)?|Iterator|Iterable|Future|Task|\w*Mock)\b/.test(
      text.slice(types.start, types.end),
    )
  );
}
