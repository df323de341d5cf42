import type { Location, Span } from "./location.ts";

/** Converts UTF-16 offsets to 1-based lines and columns and back. */
export interface LineIndex {
  /** Number of lines; a text that ends with a line feed has no further empty line. */
  readonly lineCount: number;
  /** 1-based line of an offset. */
  lineOf(offset: number): number;
  /** 1-based UTF-16 column of an offset. */
  columnOf(offset: number): number;
  /** Offset of the first character of a 1-based line. */
  startOf(line: number): number;
  /** The span of 1-based line `line` without its line end. */
  contentOf(line: number): Span;
  locate(path: string, span: Span): Location;
}

/**
 * Lines are what git and GitHub count: they end at `\n` (a `\r` before it belongs to the line end).
 * A lone `\r`, a form feed or U+2028 ends no line; Python agrees except for the lone `\r`.
 */
export function createLineIndex(text: string): LineIndex {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  const lineCount = starts.length - (starts.length > 1 && starts.at(-1) === text.length ? 1 : 0);

  function lineOf(offset: number): number {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  function startOf(line: number): number {
    return starts[line - 1] ?? text.length;
  }

  function contentOf(line: number): Span {
    const start = startOf(line);
    const next = starts[line];
    let end = next === undefined ? text.length : next - 1;
    if (end > start && text.charCodeAt(end - 1) === 13) end -= 1;
    return { start, end };
  }

  return {
    lineCount,
    lineOf,
    columnOf: (offset) => offset - startOf(lineOf(offset)) + 1,
    startOf,
    contentOf,
    locate(path, span) {
      const line = lineOf(span.start);
      const endLine = lineOf(span.end);
      return {
        path,
        line,
        column: span.start - startOf(line) + 1,
        endLine,
        endColumn: span.end - startOf(endLine) + 1,
      };
    },
  };
}
