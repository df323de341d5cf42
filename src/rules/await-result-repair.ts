import { functionOf, isLibrary } from "../project/project.ts";
import { NONE, UNKNOWN, type Value, withoutNone } from "../project/values.ts";
import { childByField, namedChildren, nodeAt, type SyntaxNode } from "../python/syntax-node.ts";
import { callAt } from "./call-at.ts";
import { awaitCallRepair } from "./insert-await-repair.ts";
import type { Repair } from "./repair.ts";
import type { ResultUse } from "./result-uses.ts";
import type { FileView } from "./rule.ts";
import { valueUseOf } from "./value-use.ts";

/** Awaits the call whose result is needed, or null where that is not possible or not the only sensible repair. */
export function awaitResultRepair(file: FileView, found: ResultUse): Repair | null {
  const { call, variable, use } = found;
  if (!call.canAwait) return null;
  if (variable !== null)
    return variable.isOnlyRead && variable.isOnlyBinding ? awaitCallRepair(file, call, "A") : null;
  const node = nodeAt(file.tree.root, call, "call") ?? nodeAt(file.tree.root, call, "attribute");
  if (node === null) return null;
  if (
    use.form === "condition" &&
    use.user.type === "boolean_operator" &&
    isChoiceOfCoroutines(file, use.user)
  )
    return null;
  const around = awaitAround(file, node, found.value.result);
  if (around !== null) return awaitInnerRepair(file, found, around);
  if (isInDefault(node))
    return awaitCallRepair(file, call, "B", "The default is evaluated once, where the function is defined.");
  return awaitCallRepair(file, call, "A");
}

/** `await (f() or g())`: which of the two is to be awaited first is the author's to say. */
function isChoiceOfCoroutines(file: FileView, operation: SyntaxNode): boolean {
  let node = operation;
  while (node.parent !== null && /^(boolean_operator|parenthesized_expression)$/.test(node.parent.type))
    node = node.parent;
  if (node.parent?.type === "await") return true;
  if (valueUseOf(operation, file.unit.text) !== null) return false;
  const right = childByField(operation, "right");
  const other = right === null ? undefined : callAt(file, right);
  return other !== undefined && file.certainValue(other.expression, other).kind === "coroutine";
}

interface AwaitAround {
  readonly node: SyntaxNode;
  /** What is awaited, if the call's result stands for the call. */
  readonly value: Value;
  /** It is an attribute of the call: `await f().name`. */
  readonly isAttribute: boolean;
}

/** The `await` around a chain that begins with the call: `await f().g()`. */
function awaitAround(file: FileView, call: SyntaxNode, result: Value): AwaitAround | null {
  let value = result;
  let calls = 0;
  let child = call;
  for (let { parent } = call; parent !== null; child = parent, parent = parent.parent) {
    if (parent.type === "parenthesized_expression") continue;
    if (parent.type === "attribute") {
      const name = childByField(parent, "attribute");
      value = file.project.member(withoutNone(value), file.unit.text.slice(name?.start, name?.end));
    } else if (parent.type === "call" && child.field === "function") {
      const callee = value;
      value = file.project.call(callee, null);
      if (value.kind === "unknown" && isSyncLibraryFunction(file, callee)) value = NONE;
      calls += 1;
    } else if (parent.type === "subscript" && child.field === "value") {
      value = UNKNOWN;
    } else {
      return parent.type === "await" ? { node: parent, value, isAttribute: calls === 0 } : null;
    }
  }
  return null;
}

/** The tables of libraries list what is asynchronous: what they say is a `def` returning anything is not awaitable. */
function isSyncLibraryFunction({ project }: FileView, callee: Value): boolean {
  if (callee.kind !== "function" || !isLibrary(callee.reference.file)) return false;
  return functionOf(project, callee.reference)?.isAsync === false;
}

/** `await f().name` → `(await f()).name`; the outer `await` stays where it has something to await. */
function awaitInnerRepair(file: FileView, { call }: ResultUse, around: AwaitAround): Repair | null {
  const { awaitable } = file.project.capabilities(around.value);
  const own = awaitCallRepair(file, call, "A");
  if (own === null || awaitable === "yes") return own;
  if (awaitable === "unknown" && !around.isAttribute) return null;
  const operand = namedChildren(around.node)[0];
  if (operand === undefined) return null;
  const { start, end } = around.node;
  return {
    ...own,
    title: "Await the call itself",
    grade: awaitable === "no" ? "A" : "B",
    caution:
      awaitable === "no" ? own.caution : "The attribute is taken to be a plain value, not an awaitable.",
    steps: [{ kind: "drop-await", awaited: { start, end } }, ...own.steps],
  };
}

function isInDefault(node: SyntaxNode): boolean {
  for (let outer = node.parent; outer !== null; outer = outer.parent) {
    if (/^(typed_)?default_parameter$/.test(outer.type)) return true;
    if (/_statement$|^lambda$/.test(outer.type)) return false;
  }
  return false;
}
