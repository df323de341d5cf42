import type { CallSite } from "../python/facts.ts";
import { contains, type Span } from "../python/location.ts";
import { mentionsOf, scopeOwner } from "../python/own-scope.ts";
import { childByField, nodeAt, type SyntaxNode } from "../python/syntax-node.ts";
import type { FileView } from "./rule.ts";
import { suspendsBetween } from "./suspensions.ts";

/**
 * The call `task.result()` that certainly comes before anything else can run: the task that `made` gives is read in the
 * same expression, or is kept in a local and read behind it, with no `await` and no other use in between.
 */
export function earlyResult(
  file: FileView,
  made: CallSite,
  reads: ReadonlyMap<string, CallSite>,
): CallSite | null {
  if (made.position === "attribute") return reads.get(keyOf(made)) ?? null;
  const { root, text } = file.tree;
  const node = nodeAt(root, made, "call");
  const assignment = node?.parent;
  const statement = assignment?.parent;
  const block = statement?.parent;
  if (
    node === null ||
    assignment?.type !== "assignment" ||
    statement?.type !== "expression_statement" ||
    block == null
  )
    return null;
  const left = childByField(assignment, "left");
  const owner = scopeOwner(node);
  if (left?.type !== "identifier" || owner === null) return null;
  const name = text.slice(left.start, left.end);
  if (!isBoundOnce(file, made, name)) return null;
  const first = mentionsOf(name, owner, text).find(
    (one) => one.start > statement.end && !isDoneCallback(one, text),
  );
  const read = first === undefined ? undefined : reads.get(keyOf(first));
  if (first === undefined || read === undefined || read.owner !== made.owner || !contains(block, read))
    return null;
  if (isExpected(first, block, text) || suspendsBetween(owner, statement.end, read.start)) return null;
  return read;
}

/** The calls of `….result()` in a file, by the place of what they are called on. */
export function resultReads({ calls }: FileView): Map<string, CallSite> {
  const reads = new Map<string, CallSite>();
  for (const call of calls) {
    const { callee } = call.expression;
    if (callee.kind === "attribute" && callee.name === "result") reads.set(keyOf(callee.object), call);
  }
  return reads;
}

function keyOf({ start, end }: Span): string {
  return `${start}-${end}`;
}

function isBoundOnce({ unit }: FileView, { owner }: CallSite, name: string): boolean {
  const scope = unit.facts.scopes[owner];
  if (scope === undefined || scope.outerNames.includes(name) || scope.isDynamic) return false;
  return Object.hasOwn(scope.bindings, name) && scope.bindings[name]?.length === 1;
}

/** `task.add_done_callback(…)` only asks to be told. */
function isDoneCallback({ parent, field, end }: SyntaxNode, text: string): boolean {
  return (
    parent?.type === "attribute" && field === "object" && text.slice(end, parent.end) === ".add_done_callback"
  );
}

/** In a nested function, or in a `try` between the task and its result that catches what is raised. */
function isExpected(node: SyntaxNode, block: SyntaxNode, text: string): boolean {
  for (let outer = node.parent; outer !== null && outer !== block; outer = outer.parent) {
    if (outer.type !== "try_statement" && outer.type !== "with_statement") continue;
    const heads = outer.children.filter(({ type }) => type === "except_clause" || type === "with_clause");
    const pattern = /^except\s*:|\b(InvalidStateError|Exception|suppress|raises)\b/;
    if (heads.some((head) => pattern.test(text.slice(head.start, head.end).split("\n")[0] ?? "")))
      return true;
  }
  return false;
}
