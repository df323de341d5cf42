import { ownNodes } from "../python/own-scope.ts";
import { hasToken, type SyntaxNode } from "../python/syntax-node.ts";

const ASYNC_WHERE_MARKED = new Set(["for_statement", "with_statement", "for_in_clause"]);

/** True when the code itself (not a function that it defines) awaits something: also `async for` and `async with`. */
export function suspends(code: SyntaxNode): boolean {
  for (const node of ownNodes(code))
    if (
      (node.type === "await" && node.isNamed) ||
      (ASYNC_WHERE_MARKED.has(node.type) && hasToken(node, "async"))
    )
      return true;
  return false;
}

/** True when the code itself yields. */
export function yields(code: SyntaxNode): boolean {
  for (const node of ownNodes(code)) if (node.type === "yield" && node.isNamed) return true;
  return false;
}
