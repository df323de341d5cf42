import { dottedName, toExpression } from "./expression.ts";
import { childByField, namedChildren, type SyntaxNode } from "./syntax-node.ts";

// Tests of what a value is: whoever writes one expects several kinds, so the tested name is not certain there.
const GUARD_CALLS = new Set([
  "isinstance",
  "issubclass",
  "hasattr",
  "callable",
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

/** The dotted name of an expression, if it has one. */
export function guardedName(node: SyntaxNode, text: string): string | null {
  return dottedName(toExpression(node, text));
}

/** The name whose type a call such as `inspect.isawaitable(x)` tests, or null. */
export function nameTestedBy(call: SyntaxNode, text: string): string | null {
  const callee = childByField(call, "function");
  const list = childByField(call, "arguments");
  if (callee === null || list === null) return null;
  const last = text.slice(callee.start, callee.end).split(".").at(-1) ?? "";
  if (!GUARD_CALLS.has(last)) return null;
  const [first] = namedChildren(list);
  if (first === undefined) return null;
  return guardedName(first.type === "call" ? (childByField(first, "function") ?? first) : first, text);
}
