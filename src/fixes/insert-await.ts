import type { Span } from "../python/location.ts";
import { nodeAt, type SyntaxNode, type SyntaxTree } from "../python/syntax-node.ts";
import type { Edit } from "./fix.ts";

/**
 * Puts `await` in front of a call (or of an async property). `await` binds looser than attribute access, subscription and calls, so
 * there the call is parenthesised: `(await f()).x` (CPython's grammar: await_primary). Null where the text
 * of an f-string would change (`f"{f()=}"`).
 */
export function insertAwait(tree: SyntaxTree, call: Span): Edit[] | null {
  const node = nodeAt(tree.root, call, "call") ?? nodeAt(tree.root, call, "attribute");
  if (node === null || isInSelfDocumentingString(node)) return null;
  const insertion: Edit = { start: call.start, end: call.start, text: "await " };
  if (!bindsTighter(node)) return [insertion];
  return [
    { ...insertion, text: "(await " },
    { start: call.end, end: call.end, text: ")" },
  ];
}

function bindsTighter(node: SyntaxNode): boolean {
  const { parent, field } = node;
  if (parent === null) return false;
  switch (parent.type) {
    case "attribute":
      return field === "object";
    case "subscript":
      return field === "value";
    case "call":
      return field === "function";
    case "await":
      return true;
    default:
      return false;
  }
}

function isInSelfDocumentingString(node: SyntaxNode): boolean {
  for (let outer = node.parent; outer !== null; outer = outer.parent) {
    if (outer.type === "interpolation") return outer.children.some((child) => child.type === "=");
    if (/_statement$|_definition$/.test(outer.type)) return false;
  }
  return false;
}
