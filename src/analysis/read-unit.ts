import type { SourceUnit } from "../project/project.ts";
import { decodeNotebook, decodeSource } from "../python/decode-source.ts";
import { extractFacts } from "../python/extract-facts.ts";
import type { FileFacts } from "../python/facts.ts";
import { createLineIndex, type LineIndex } from "../python/line-index.ts";
import {
  createNotebookLocator,
  isNotebookPath,
  type Notebook,
  type ReadNotebook,
  readNotebook,
} from "../python/notebook.ts";
import { ParseTimeout, type PythonParser } from "../python/parse.ts";
import type { SyntaxTree } from "../python/syntax-node.ts";

/** What is learnt from the bytes of a file, wherever it stands; or why it cannot be analysed. */
export type ReadSource =
  | {
      readonly ok: true;
      readonly facts: FileFacts;
      readonly text: string;
      readonly hasBom: boolean;
      /** For a notebook: where the Python text stands in the file. */
      readonly notebook: Notebook | null;
    }
  | { readonly ok: false; readonly reason: string };

/** Decodes, parses and reads the facts of the bytes of one file. */
export function readSource(parser: PythonParser, bytes: Uint8Array, isNotebook = false): ReadSource {
  if (isNotebook) return readNotebookSource(parser, bytes);
  const decoded = decodeSource(bytes);
  if (!decoded.ok) return decoded;
  const { text, hasBom } = decoded;
  const tree = inTime(() => parser.parseForFacts(text));
  return typeof tree === "string"
    ? { ok: false, reason: tree }
    : { ok: true, facts: extractFacts(tree), text, hasBom, notebook: null };
}

function readNotebookSource(parser: PythonParser, bytes: Uint8Array): ReadSource {
  const decoded = decodeNotebook(bytes);
  if (!decoded.ok) return decoded;
  const read = inTime((): ReadNotebook => readNotebook(decoded.text, parser));
  if (typeof read === "string") return { ok: false, reason: read };
  if (!read.ok) return read;
  const { notebook } = read;
  const { text, firstError } = notebook;
  const tree = inTime(() => parser.parseForFacts(text));
  if (typeof tree === "string") return { ok: false, reason: tree };
  const facts = extractFacts(tree, true);
  const brokenRegions = [...notebook.brokenRegions, ...facts.brokenRegions];
  return {
    ok: true,
    facts: { ...facts, brokenRegions, firstError: firstError ?? facts.firstError },
    text,
    hasBom: decoded.hasBom,
    notebook,
  };
}

/** A file that was read: its unit, or why it cannot be analysed. */
type ReadUnit =
  | { readonly ok: true; readonly unit: SourceUnit }
  | { readonly ok: false; readonly reason: string };

/** Reads the bytes of the file at `path`. */
export function readUnit(parser: PythonParser, path: string, bytes: Uint8Array): ReadUnit {
  const read = readSource(parser, bytes, isNotebookPath(path));
  return read.ok ? { ok: true, unit: createUnit(path, read.facts, read.text, read.notebook) } : read;
}

/** Parses Python text and reads its facts as those of the file at `path`; null when parsing takes too long. */
export function parseUnit(
  parser: PythonParser,
  path: string,
  text: string,
): { readonly tree: SyntaxTree; readonly unit: SourceUnit } | null {
  const tree = inTime(() => parser.parse(text));
  if (typeof tree === "string") return null;
  return { tree, unit: createUnit(path, extractFacts(tree, isNotebookPath(path)), text) };
}

/** Facts and text as the file at `path`: only here places get a path. Those of a notebook are lines of its file. */
export function createUnit(
  path: string,
  facts: FileFacts,
  text: string,
  notebook: Notebook | null = null,
): SourceUnit {
  if (notebook !== null) {
    const locate = createNotebookLocator(notebook);
    return { facts, text, locate: (span) => locate(path, span) };
  }
  let lines: LineIndex | undefined;
  return {
    facts,
    text,
    locate(span) {
      lines ??= createLineIndex(text);
      return lines.locate(path, span);
    },
  };
}

/** What parsing gives, or the reason why it was given up. */
function inTime<T>(parse: () => T): T | string {
  try {
    return parse();
  } catch (error) {
    if (error instanceof ParseTimeout) return error.message;
    throw error;
  }
}
