import { createLineIndex } from "../python/line-index.ts";
import type { Span } from "../python/location.ts";
import { descendants, type SyntaxTree } from "../python/syntax-node.ts";
import type { Edit } from "./fix.ts";

/**
 * Indents every line that begins in `span` by `indentation`; empty lines stay. Null when a string or a
 * backslash continuation runs over several lines there: its text would change.
 */
export function indentLines(tree: SyntaxTree, span: Span, indentation: string): Edit[] | null {
  const { text, root } = tree;
  const covered = text.slice(span.start, span.end);
  if (/\\\r?\n/.test(covered)) return null;
  for (const node of descendants(root)) {
    if (node.type !== "string" || node.end <= span.start || node.start >= span.end) continue;
    if (text.slice(node.start, node.end).includes("\n")) return null;
  }
  const lines = createLineIndex(text);
  const edits: Edit[] = [];
  for (
    let line = lines.lineOf(span.start);
    line <= lines.lineOf(Math.max(span.start, span.end - 1));
    line++
  ) {
    const content = lines.contentOf(line);
    if (content.start < span.start || content.start === content.end) continue;
    edits.push({ start: content.start, end: content.start, text: indentation });
  }
  return edits;
}

/** The white space in front of an offset, or null when something else stands on its line before it. */
export function indentationAt(text: string, offset: number): string | null {
  const before = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  return before.trim() === "" ? before : null;
}

/** The line end of the line that an offset stands in; of the last line, which may have none, that of the line before. */
export function lineEndAt(text: string, offset: number): string {
  const next = text.indexOf("\n", offset);
  const end = next === -1 ? text.lastIndexOf("\n") : next;
  return text[end - 1] === "\r" ? "\r\n" : "\n";
}
