import type { Hunk } from "../diff/hunk.ts";
import { addedLines, hunkAt, isUnbroken } from "../diff/lines.ts";
import { applyEdits } from "../fixes/apply-edits.ts";
import type { Edit } from "../fixes/fix.ts";
import { createLineIndex } from "../python/line-index.ts";

/** What a suggestion block replaces: whole lines of the head file. */
export interface Suggestion {
  readonly firstLine: number;
  readonly lastLine: number;
  /** New lines joined by `\n`, without a line end after the last; carriage returns are left to the file. */
  readonly replacement: string;
}

/** Longest suggestion: a comment that is longer than GitHub allows is cut, and would cut the lines with it. */
const MAX_LENGTH = 30_000;

/**
 * The suggestion that makes the edits, or null when GitHub could not apply it as meant: lines outside one hunk,
 * removed rows between, mixed line ends. The result of clicking it is compared with the edited text.
 */
export function toSuggestion(
  text: string,
  hasBom: boolean,
  edits: readonly Edit[],
  hunks: readonly Hunk[],
): Suggestion | null {
  const [first] = edits;
  const last = edits.at(-1);
  if (first === undefined || last === undefined) return null;
  const lines = createLineIndex(text);
  const firstLine = lines.lineOf(first.start);
  const lastLine = Math.min(lines.lineOf(last.end), lines.lineCount);
  if (!isUnbroken(hunks, firstLine, lastLine) || hunkAt(hunks, firstLine) === null) return null;
  const start = lines.startOf(firstLine);
  const end = lines.contentOf(lastLine).end;
  const moved = edits.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
  const edited = applyEdits(text.slice(start, end), moved);
  const replacement = (hasBom && firstLine === 1 ? "\uFEFF" : "") + edited.replaceAll("\r\n", "\n");
  // An empty block would delete the lines instead of emptying them.
  if (replacement === "" || replacement.includes("\r") || replacement.length > MAX_LENGTH) return null;
  const suggestion: Suggestion = { firstLine, lastLine, replacement };
  return applySuggestion(text, suggestion, hasBom) === applyEdits(text, edits) ? suggestion : null;
}

/** What the page's button does: replaces the lines, keeping the file's own line ends. */
export function applySuggestion(text: string, suggestion: Suggestion, hasBom: boolean): string {
  const lines = createLineIndex(text);
  const start = lines.startOf(suggestion.firstLine);
  const { end } = lines.contentOf(suggestion.lastLine);
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const plain =
    hasBom && suggestion.firstLine === 1 ? suggestion.replacement.slice(1) : suggestion.replacement;
  return text.slice(0, start) + plain.replaceAll("\n", newline) + text.slice(end);
}

/** The lines a comment without a suggestion can stand on: those of the finding, cut to one hunk. */
export function anchorLines(
  hunks: readonly Hunk[],
  line: number,
  endLine: number,
): { readonly firstLine: number; readonly lastLine: number } | null {
  if (isUnbroken(hunks, line, endLine)) return { firstLine: line, lastLine: endLine };
  if (hunkAt(hunks, line) !== null) return { firstLine: line, lastLine: line };
  const added = addedLines(hunks);
  for (let one = line; one <= endLine; one++) if (added.has(one)) return { firstLine: one, lastLine: one };
  return null;
}
