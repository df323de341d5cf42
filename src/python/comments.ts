import type { Span } from "./location.ts";
import { descendants, type SyntaxTree } from "./syntax-node.ts";

/** A comment from its `#` to the last character that is not blank. */
export interface Comment extends Span {
  /** Nothing but blanks stands before it on its line. */
  readonly isOwnLine: boolean;
}

/** The comments of a file in source order; a `#` within a string is none. */
export function readComments(tree: SyntaxTree): Comment[] {
  const { text, root, errors } = tree;
  const starts = new Set<number>();
  const strings: Span[] = [];
  for (const node of descendants(root)) {
    if (node.type === "comment") starts.add(node.start);
    else if (node.type === "string" && text.slice(node.start, node.end).includes("\n")) strings.push(node);
  }
  // The parser does not see the comments of long runs (blank-comments.ts); where it had to guess, nothing is added.
  if (errors.length === 0) {
    let next = 0;
    for (const { start } of ownLineMarks(text)) {
      while ((strings[next]?.end ?? Infinity) <= start) next++;
      if ((strings[next]?.start ?? Infinity) > start) starts.add(start);
    }
  }
  return [...starts].sort((a, b) => a - b).map((start) => commentAt(text, start));
}

function* ownLineMarks(text: string): Generator<Span> {
  for (const { index, 0: mark } of text.matchAll(/^[ \t\f]*#/gm))
    yield { start: index + mark.length - 1, end: index + mark.length };
}

function commentAt(text: string, start: number): Comment {
  // Python ends a line at a lone `\r` too, which for tree-sitter belongs to the comment.
  const length = text.slice(start).search(/[\r\n]/);
  const line = text.slice(start, length === -1 ? undefined : start + length).trimEnd();
  let before = start - 1;
  while (before >= 0 && /[ \t\f]/.test(text.charAt(before))) before--;
  const isOwnLine = before < 0 || text.charAt(before) === "\n" || text.charAt(before) === "\r";
  return { start, end: start + line.length, isOwnLine };
}
