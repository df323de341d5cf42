/**
 * Positions in Python source.
 *
 * Inside the program a place is a `Span` of UTF-16 offsets into the decoded text (the unit of
 * JavaScript strings and of web-tree-sitter). Whatever leaves it (messages, SARIF, comments)
 * is a `Location`: 1-based lines and 1-based UTF-16 columns, the end column exclusive.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A place a reader can find: 1-based lines, 1-based UTF-16 columns, `endColumn` exclusive. */
export interface Location {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** In a notebook: which cell (1-based) and which line within it; `line` stays the file's own line. */
  readonly cell?: { readonly index: number; readonly line: number };
}

/** True when `inner` lies wholly within `outer`. */
export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
