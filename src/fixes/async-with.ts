import type { Span } from "../python/location.ts";
import { nodeAt, type SyntaxTree } from "../python/syntax-node.ts";
import type { Edit } from "./fix.ts";

/** `with` → `async with` for all items of a statement. */
export function asyncWith(tree: SyntaxTree, statement: Span): Edit[] | null {
  const node = nodeAt(tree.root, statement, "with_statement");
  if (node === null || node.children.some((child) => child.type === "async")) return null;
  return [{ start: node.start, end: node.start, text: "async " }];
}

/** `async with` → `with`. */
export function syncWith(tree: SyntaxTree, statement: Span): Edit[] | null {
  const node = nodeAt(tree.root, statement, "with_statement");
  const async = node?.children.find((child) => child.type === "async");
  const keyword = node?.children.find((child) => child.type === "with");
  if (async === undefined || keyword === undefined) return null;
  return [{ start: async.start, end: keyword.start, text: "" }];
}
