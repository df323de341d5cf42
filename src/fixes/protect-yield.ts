import type { Span } from "../python/location.ts";
import { nodeAt, type SyntaxTree } from "../python/syntax-node.ts";
import type { Edit } from "./fix.ts";
import { indentationAt, indentLines } from "./indent-lines.ts";

/** `yield x` and the statements right after it → `try:` around the one and `finally:` around the others. */
export function protectYield(tree: SyntaxTree, statement: Span, rest: Span): Edit[] | null {
  const { text } = tree;
  const node = nodeAt(tree.root, statement, "expression_statement");
  const outer = indentationAt(text, statement.start);
  if (node === null || outer === null || indentationAt(text, rest.start) !== outer) return null;
  const unit = outer.includes("\t") ? "\t" : "    ";
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const lineStart = (offset: number): number => text.lastIndexOf("\n", offset - 1) + 1;
  const moved = indentLines(tree, { start: lineStart(statement.start), end: rest.end }, unit);
  if (moved === null) return null;
  const first = lineStart(statement.start);
  // Comments above the clean-up go with it.
  const second = moved.find(({ start }) => start > statement.end)?.start;
  return moved.map((edit): Edit => {
    if (edit.start !== first && edit.start !== second) return edit;
    const word = edit.start === first ? "try" : "finally";
    return { ...edit, text: `${outer}${word}:${newline}${unit}` };
  });
}
