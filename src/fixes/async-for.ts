import type { Span } from "../python/location.ts";
import { nodeAt, type SyntaxNode, type SyntaxTree } from "../python/syntax-node.ts";
import type { Edit } from "./fix.ts";

/** `for` → `async for` in a statement or a clause; null in generator expressions, whose kind would change. */
export function asyncFor(tree: SyntaxTree, loop: Span): Edit[] | null {
  const node = loopAt(tree, loop);
  const keyword = node?.children.find((child) => child.type === "for");
  if (node === null || keyword === undefined || node.children.some((child) => child.type === "async"))
    return null;
  if (node.parent?.type === "generator_expression") return null;
  return [{ start: keyword.start, end: keyword.start, text: "async " }];
}

/** `async for` → `for`. */
export function syncFor(tree: SyntaxTree, loop: Span): Edit[] | null {
  const node = loopAt(tree, loop);
  const async = node?.children.find((child) => child.type === "async");
  const keyword = node?.children.find((child) => child.type === "for");
  if (async === undefined || keyword === undefined || node?.parent?.type === "generator_expression")
    return null;
  return [{ start: async.start, end: keyword.start, text: "" }];
}

function loopAt(tree: SyntaxTree, loop: Span): SyntaxNode | null {
  return nodeAt(tree.root, loop, "for_statement") ?? nodeAt(tree.root, loop, "for_in_clause");
}
