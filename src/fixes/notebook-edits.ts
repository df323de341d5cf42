import { encodeJson, offsetInLiteral } from "../python/json-strings.ts";
import { cellAt, type Notebook, type PlacedCell } from "../python/notebook.ts";
import { readCells } from "../python/notebook-cells.ts";
import { applyEdits } from "./apply-edits.ts";
import type { Edit } from "./fix.ts";

/**
 * Edits of a notebook's Python text as edits of its file, inside the JSON strings of its lines. New lines become new
 * strings of the list. Null where a reader could not follow (a cell that is stored as one string, several strings on
 * one line), where the lines are not Python without IPython, and where the changed file, read again, is not what was
 * meant.
 */
export function notebookEdits(notebook: Notebook, edits: readonly Edit[]): Edit[] | null {
  const result: Edit[] = [];
  for (const edit of edits) {
    const encoded = encodeEdit(notebook, edit);
    if (encoded === null) return null;
    result.push(encoded);
  }
  return isAsMeant(notebook, edits, applyEdits(notebook.json, result)) ? result : null;
}

function encodeEdit({ json, cells }: Notebook, { start, end, text }: Edit): Edit | null {
  const cell = cellAt(cells, start);
  if (cell === null || !cell.isList) return null;
  const [from, to] = [start - cell.start, end - cell.start];
  // Outside the cells there are only lines that no file has.
  if (from < 0 || to > cell.source.length) return null;
  // What replaces a magic is not to be written into the file.
  if (cell.source.slice(from, to) !== cell.text.slice(from, to)) return null;
  const first = placeOf(json, cell, from);
  const last = to === from ? first : placeOf(json, cell, to);
  if (first === null || last === null) return null;
  const space = json.slice(spaceBefore(json, first.literal.start), first.literal.start);
  if (!space.includes("\n")) return null;
  const separator = `",${space}"`;
  const isAscii = !/[\u0080-\uffff]/.test(json);
  const lines = text.split(/(?<=\n)/).map((line) => encodeJson(line, isAscii));
  // A line end at the very end is followed by the rest of the old line, which becomes a string of its own.
  if (text.endsWith("\n")) lines.push("");
  return { start: first.at, end: last.at, text: lines.join(separator) };
}

interface PlaceInFile {
  readonly at: number;
  readonly literal: PlacedCell["literals"][number];
}

/** The place of a character of the cell; the end of the cell is behind its last one. */
function placeOf(json: string, { literals }: PlacedCell, index: number): PlaceInFile | null {
  let left = index;
  for (const [at, literal] of literals.entries()) {
    const { length } = literal.value;
    if (left < length || (left === length && at === literals.length - 1))
      return { at: offsetInLiteral(json, literal, left), literal };
    left -= length;
  }
  return null;
}

/** Where the white space in front of a place starts. */
function spaceBefore(json: string, at: number): number {
  let start = at;
  while (start > 0 && /\s/.test(json[start - 1] ?? "")) start -= 1;
  return start;
}

/** The changed file is JSON, has the same cells, and their sources are the old ones with the edits. */
function isAsMeant(notebook: Notebook, edits: readonly Edit[], changed: string): boolean {
  const read = readCells(changed);
  if (!read.ok || read.cells.length !== notebook.cells.length) return false;
  return notebook.cells.every(({ start, source, number }, index) => {
    const after = read.cells[index];
    const own = edits
      .filter((edit) => cellAt(notebook.cells, edit.start)?.number === number)
      .map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
    return after?.number === number && after.source === applyEdits(source, own);
  });
}
