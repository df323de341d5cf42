import { type JsonPath, type JsonString, visitStrings } from "./json-strings.ts";

/** A cell of Python code as the notebook's file has it. */
export interface CodeCell {
  /** Counted over all cells of the notebook, Markdown included, from 1: as VS Code and ruff count. */
  readonly number: number;
  readonly source: string;
  /** The literals that `source` is joined from. */
  readonly literals: readonly JsonString[];
  /** Stored as a list of lines, the usual form; the other one is a single string. */
  readonly isList: boolean;
}

/** The code cells of a notebook, or why it cannot be analysed, as a sentence fragment. */
export type ReadCells =
  | { readonly ok: true; readonly cells: readonly CodeCell[] }
  | { readonly ok: false; readonly reason: string };

type Table = Readonly<Record<string, unknown>>;

/** Reads the code cells of a notebook's JSON (nbformat 4, and 3 with its worksheets) with the places of their sources. */
export function readCells(json: string): ReadCells {
  let root: unknown;
  try {
    root = JSON.parse(json);
  } catch {
    return refuse("the notebook is not valid JSON");
  }
  if (!isTable(root)) return refuse("the file is not a notebook: its JSON is not an object");
  const language = languageOf(root);
  if (language !== null) return refuse(`the notebook's language is ${language}, not Python`);
  const lists = cellLists(root);
  if (lists === null) return refuse("the notebook has no list of cells");
  const literals = sourceLiterals(json, Array.isArray(root.cells));
  const cells: CodeCell[] = [];
  let number = 0;
  for (const { path, cells: listed } of lists) {
    for (const [index, cell] of listed.entries()) {
      number += 1;
      if (!isTable(cell)) return refuse(`cell ${number} of the notebook is not an object`);
      if (cell.cell_type !== "code" || !isPythonCell(cell)) continue;
      const key = path.length === 1 ? "source" : "input";
      const lines = linesOf(cell[key]);
      if (lines === null) return refuse(`the source of cell ${number} is neither text nor a list of lines`);
      const own = literals.get(JSON.stringify([...path, index, key])) ?? [];
      // A key that stands twice in one object has one value and two places.
      if (own.length !== lines.length || own.some(({ value }, at) => value !== lines[at]))
        return refuse(`cell ${number} of the notebook has two sources`);
      const isList = Array.isArray(cell[key]);
      if (own.length > 0) cells.push({ number, source: lines.join(""), literals: own, isList });
    }
  }
  return { ok: true, cells };
}

function refuse(reason: string): ReadCells {
  return { ok: false, reason };
}

/** The language of another kernel than Python's; null for Python and where nothing is said. */
function languageOf({ metadata }: Table): string | null {
  const { kernelspec, language_info: info } = tableOf(metadata);
  for (const name of [tableOf(kernelspec).language, tableOf(info).name])
    if (typeof name === "string" && name !== "" && !isPython(name)) return name.slice(0, 40);
  return null;
}

/** Notebooks of several languages say so per cell: those of VS Code, and those of .NET Interactive. */
function isPythonCell({ metadata, language }: Table): boolean {
  const { vscode, dotnet_interactive: dotnet, polyglot_notebook: polyglot } = tableOf(metadata);
  const names = [
    language,
    tableOf(vscode).languageId,
    tableOf(dotnet).language,
    tableOf(polyglot).kernelName,
  ];
  return names.every((name) => typeof name !== "string" || isPython(name));
}

function isPython(language: string): boolean {
  return /^i?python[23]?$/i.test(language);
}

/** The list of cells of nbformat 4, or those of the worksheets of nbformat 3. */
function cellLists(root: Table): { readonly path: JsonPath; readonly cells: readonly unknown[] }[] | null {
  if (Array.isArray(root.cells)) return [{ path: ["cells"], cells: root.cells }];
  if (!Array.isArray(root.worksheets)) return null;
  return root.worksheets.flatMap((sheet, index) => {
    const { cells } = tableOf(sheet);
    return Array.isArray(cells) ? [{ path: ["worksheets", index, "cells"], cells }] : [];
  });
}

/** The literals of all sources, by the path of the source. */
function sourceLiterals(json: string, isVersion4: boolean): Map<string, JsonString[]> {
  // cells, index, source, line; or worksheets, index, cells, index, input, line.
  const [at, key] = isVersion4 ? [2, "source"] : [4, "input"];
  const found = new Map<string, JsonString[]>();
  visitStrings(json, at + 2, (path, literal) => {
    if (path[at] !== key) return;
    const source = JSON.stringify(path.slice(0, at + 1));
    const known = found.get(source);
    if (known === undefined) found.set(source, [literal]);
    else known.push(literal);
  });
  return found;
}

function linesOf(source: unknown): readonly string[] | null {
  if (typeof source === "string") return [source];
  return Array.isArray(source) && source.every((line) => typeof line === "string") ? source : null;
}

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function tableOf(value: unknown): Table {
  return isTable(value) ? value : {};
}
