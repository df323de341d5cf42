import type { Edit } from "./fix.ts";

/** Applies edits to a text. They must be sorted and must not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = "";
  let at = 0;
  for (const { start, end, text: replacement } of edits) {
    if (start < at || end < start) throw new RangeError("edits overlap or are not sorted");
    result += text.slice(at, start) + replacement;
    at = end;
  }
  return result + text.slice(at);
}

/** Sorts edits, drops repeated ones, and answers null when two of them touch the same text. */
export function normalizeEdits(edits: readonly Edit[]): Edit[] | null {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  const result: Edit[] = [];
  for (const edit of sorted) {
    const last = result.at(-1);
    if (last !== undefined) {
      if (last.start === edit.start && last.end === edit.end && last.text === edit.text) continue;
      if (edit.start < last.end || (edit.start === last.start && edit.end === last.end)) return null;
    }
    result.push(edit);
  }
  return result;
}
