import type { SyntaxNode } from "./syntax-node.ts";

const BODIES = new Set(["function_definition", "lambda"]);
// What these leave behind is nothing that anybody waits for.
const WITHOUT_CLEANUP = /^(\w+\.)*(suppress|nullcontext|catch_warnings)\s*\(/;
const LOGS = /^(print|(\w+\.)*_?log(ger|ging)?\.\w+)\s*\(/i;
// Only hostile code has more of them; every `yield` looks at them anew.
const MAX_DEPTH = 200;
const MAX_PARTS = 20;

/** True when leaving the function at this node runs code: a `finally`, or the end of a `with` or `async with`. */
export function hasCleanupAround(node: SyntaxNode, text: string): boolean {
  let child = node;
  let outer = node.parent;
  for (let depth = 0; outer !== null && depth < MAX_DEPTH; depth++) {
    if (BODIES.has(outer.type)) return false;
    if (outer.type === "with_statement" && child.field === "body" && closes(outer, text)) return true;
    if (outer.type === "try_statement" && child.type !== "finally_clause" && cleansUp(outer, text))
      return true;
    child = outer;
    outer = outer.parent;
  }
  return false;
}

function closes(statement: SyntaxNode, text: string): boolean {
  const clause = statement.children.find(({ type }) => type === "with_clause");
  const items = clause === undefined ? [] : clause.children.slice(0, 2 * MAX_PARTS);
  return items.some(
    ({ isNamed, type, start, end }) =>
      isNamed && type !== "comment" && !WITHOUT_CLEANUP.test(text.slice(start, Math.min(end, start + 80))),
  );
}

/** A `finally` counts, but not for `pass` and for messages: when those come does not matter. */
function cleansUp(statement: SyntaxNode, text: string): boolean {
  const final = statement.children.slice(-MAX_PARTS).find(({ type }) => type === "finally_clause");
  const body = final?.children.find(({ type }) => type === "block");
  return (body?.children ?? []).slice(0, MAX_PARTS).some(({ isNamed, type, start, end }) => {
    if (!isNamed || type === "comment" || type === "pass_statement") return false;
    return type !== "expression_statement" || !LOGS.test(text.slice(start, Math.min(end, start + 80)));
  });
}
