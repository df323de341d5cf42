import { MAX_SOURCE_BYTES } from "./decode-source.ts";
import { asComments, namesIn, toPython } from "./ipython.ts";
import { offsetInLiteral } from "./json-strings.ts";
import type { LineIndex } from "./line-index.ts";
import { createLineIndex } from "./line-index.ts";
import type { Location, Span } from "./location.ts";
import { type CodeCell, readCells } from "./notebook-cells.ts";
import type { PythonParser } from "./parse.ts";

/** A notebook as one Python text, and the way back to the lines of its file. */
export interface Notebook {
  /** The text of the file. */
  readonly json: string;
  /**
   * The code cells one after the other. Magics and cells that Python cannot read are replaced in it, and lines are
   * put in between for the names that those may bind; everything else stands as in the cells.
   */
  readonly text: string;
  readonly cells: readonly PlacedCell[];
  /** Places in `text` of the first syntax error and of all cells that have one. */
  readonly firstError: Span | null;
  readonly brokenRegions: readonly Span[];
  /** Places in `text` of cells in which nothing is reported although they are understood. */
  readonly quietRegions: readonly Span[];
}

/** A cell and where its source starts in the Python text; there it has as many characters as in the file. */
export interface PlacedCell extends CodeCell {
  readonly start: number;
  /** The source with magics replaced. */
  readonly text: string;
}

/** A notebook, or why it cannot be analysed, as a sentence fragment. */
export type ReadNotebook =
  | { readonly ok: true; readonly notebook: Notebook }
  | { readonly ok: false; readonly reason: string };

/** True for paths of notebooks. */
export function isNotebookPath(path: string): boolean {
  return path.endsWith(".ipynb");
}

/**
 * Reads the JSON of a notebook. Cells are parsed one by one, as IPython does: what one of them leaves open ends with it.
 * @throws ParseTimeout
 */
export function readNotebook(json: string, parser: PythonParser): ReadNotebook {
  const read = readCells(json);
  if (!read.ok) return read;
  if (read.cells.reduce((sum, { source }) => sum + source.length, 0) > MAX_SOURCE_BYTES)
    return { ok: false, reason: "the notebook has over 1 MB of code; so much is not analysed" };
  const cells: PlacedCell[] = [];
  const brokenRegions: Span[] = [];
  const quietRegions: Span[] = [];
  let firstError: Span | null = null;
  let text = "";
  for (const cell of read.cells) {
    const python = toPython(cell.source);
    // IPython runs a cell that is indented as a whole; in the text it must not belong to what stands before.
    const opener = INDENTED.test(python.text) ? "if True:\n" : "";
    const error = firstErrorIn(opener, python.text, parser);
    const names = error === null ? python.names : namesIn(cell.source);
    text += unknownNames(names) + (python.bindsAnything ? `from ${NOWHERE} import *\n` : "");
    if (error === null) text += opener;
    const start = text.length;
    // For the parser a NUL is the end of the text, also in a comment.
    const shown = error === null ? python.text : asComments(cell.source).replaceAll("\0", " ");
    cells.push({ ...cell, start, text: shown });
    text += shown.endsWith("\n") ? shown : `${shown}\n`;
    if (python.isQuiet) quietRegions.push({ start, end: text.length });
    if (error === null) continue;
    brokenRegions.push({ start, end: text.length });
    firstError ??= { start: start + error.start, end: start + error.end };
  }
  return { ok: true, notebook: { json, text, cells, firstError, brokenRegions, quietRegions } };
}

/** A module that does not exist: what is imported from it is unknown. */
const NOWHERE = "__ipython__";

function unknownNames(names: readonly string[]): string {
  return names.length === 0 ? "" : `from ${NOWHERE} import ${names.join(", ")}\n`;
}

const INDENTED = /^(?:[ \t\f]*(?:#[^\n]*)?\r?\n)*[ \t\f]+[^\s#]/;

/** Where Python (without its magics) cannot read the cell, or null. */
function firstErrorIn(opener: string, text: string, parser: PythonParser): Span | null {
  const unreadable = /\0|\p{Surrogate}/u.exec(text);
  if (unreadable !== null) return { start: unreadable.index, end: unreadable.index + 1 };
  const [error] = parser.parse(opener + text).errors;
  if (error === undefined) return null;
  return { start: Math.max(0, error.start - opener.length), end: Math.max(0, error.end - opener.length) };
}

/** Where characters of the Python text stand in the file. */
export function spanInFile({ json, cells }: Notebook, { start, end }: Span): Span {
  const first = cellAt(cells, start);
  if (first === null) return { start: 0, end: 0 };
  const from = placeInCell(json, first, start - first.start);
  if (end <= start) return { start: from, end: from };
  const last = cellAt(cells, end - 1) ?? first;
  // A literal ends with its line, so the end of a span is looked for behind its last character.
  const to = placeInCell(json, last, end - 1 - last.start, true);
  return { start: from, end: Math.max(from, to) };
}

/** The cell at (or before) an offset of the Python text. */
export function cellAt(cells: readonly PlacedCell[], offset: number): PlacedCell | null {
  let low = 0;
  let high = cells.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((cells[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return cells[low] ?? null;
}

/** The place in the file of a character of a cell, or the place behind it; clamped to the cell. */
function placeInCell(json: string, { literals }: CodeCell, index: number, isBehind = false): number {
  let left = Math.max(0, index);
  for (const literal of literals) {
    const { length } = literal.value;
    if (left < length) return offsetInLiteral(json, literal, isBehind ? left + 1 : left);
    left -= length;
  }
  return (literals.at(-1)?.end ?? 1) - 1;
}

/** Locations in a notebook: lines of the file, with the cell and the line within it. */
export function createNotebookLocator(notebook: Notebook): (path: string, span: Span) => Location {
  let lines: LineIndex | undefined;
  return (path, span) => {
    lines ??= createLineIndex(notebook.json);
    const location = lines.locate(path, spanInFile(notebook, span));
    const cell = cellAt(notebook.cells, span.start);
    if (cell === null) return location;
    const line = cell.source.slice(0, Math.max(0, span.start - cell.start)).split("\n").length;
    return { ...location, cell: { index: cell.number, line } };
  };
}
