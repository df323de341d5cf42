import type { Span } from "../python/location.ts";
import { namedChildren, nodeAt, type SyntaxTree } from "../python/syntax-node.ts";
import type { Edit } from "./fix.ts";

/** Removes the keyword and the space after it; parentheses of the operand stay. */
export function dropAwait(tree: SyntaxTree, awaited: Span): Edit[] | null {
  const node = nodeAt(tree.root, awaited, "await");
  const operand = node === null ? undefined : namedChildren(node)[0];
  if (node === null || operand === undefined) return null;
  if (tree.text.slice(node.start, operand.start).trim() !== "await") return null;
  return [{ start: node.start, end: operand.start, text: "" }];
}
