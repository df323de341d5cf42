import type { CallSite } from "../python/facts.ts";
import { contains } from "../python/location.ts";
import { mentionsOf, scopeOwner } from "../python/own-scope.ts";
import { childByField, nodeAt, type SyntaxNode } from "../python/syntax-node.ts";
import type { FileView } from "./rule.ts";
import { suspendsBetween } from "./suspensions.ts";

/**
 * The calls `task.result()` that certainly come before anything else can run: the task that `made` gives is read in
 * the same expression, or is kept in a local and read behind it, with no `await` and no other use in between.
 */
export function resultsOf(file: FileView, made: CallSite): CallSite[] {
  const { tree } = file;
  if (made.position === "attribute") {
    return file.calls.filter(({ expression: { callee } }) => isResult(callee) && isAt(callee.object, made));
  }
  const node = nodeAt(tree.root, made, "call");
  const assignment = node?.parent ?? null;
  const left = assignment === null ? null : childByField(assignment, "left");
  const statement = assignment?.parent ?? null;
  const owner = node === null ? null : scopeOwner(node);
  if (
    assignment?.type !== "assignment" ||
    left?.type !== "identifier" ||
    statement === null ||
    owner === null
  )
    return [];
  if (statement.type !== "expression_statement" || statement.parent === null) return [];
  const name = tree.text.slice(left.start, left.end);
  if (!isBoundOnce(file, made, name)) return [];
  const block = statement.parent;
  const later = mentionsOf(name, owner, tree.text).filter((one) => one.start > statement.end);
  const found: CallSite[] = [];
  for (const mention of later) {
    const read = file.calls.find(
      ({ expression: { callee } }) => isResult(callee) && isAt(callee.object, mention),
    );
    if (read === undefined) {
      if (isDoneCallback(mention, tree.text)) continue;
      break;
    }
    if (read.owner !== made.owner || !contains(block, read) || isExpected(mention, block, tree.text)) break;
    if (suspendsBetween(owner, statement.end, read.start)) break;
    found.push(read);
    break;
  }
  return found;
}

type Callee = CallSite["expression"]["callee"];

function isResult(callee: Callee): callee is Callee & { readonly kind: "attribute" } {
  return callee.kind === "attribute" && callee.name === "result";
}

function isAt(a: { readonly start: number; readonly end: number }, b: typeof a): boolean {
  return a.start === b.start && a.end === b.end;
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
