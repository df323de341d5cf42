import type { SourceUnit } from "../project/project.ts";
import { decodeSource } from "../python/decode-source.ts";
import { extractFacts } from "../python/extract-facts.ts";
import type { FileFacts } from "../python/facts.ts";
import { createLineIndex, type LineIndex } from "../python/line-index.ts";
import { ParseTimeout, type PythonParser } from "../python/parse.ts";
import type { SyntaxTree } from "../python/syntax-node.ts";

/** What is learnt from the bytes of a file, wherever it stands; or why it cannot be analysed. */
export type ReadSource =
  | { readonly ok: true; readonly facts: FileFacts; readonly text: string; readonly hasBom: boolean }
  | { readonly ok: false; readonly reason: string };

/** Decodes, parses and reads the facts of the bytes of one file. */
export function readSource(parser: PythonParser, bytes: Uint8Array): ReadSource {
  const decoded = decodeSource(bytes);
  if (!decoded.ok) return decoded;
  const { text, hasBom } = decoded;
  const tree = inTime(() => parser.parseForFacts(text));
  return typeof tree === "string"
    ? { ok: false, reason: tree }
    : { ok: true, facts: extractFacts(tree), text, hasBom };
}

/** A file that was read: its unit, or why it cannot be analysed. */
type ReadUnit =
  | { readonly ok: true; readonly unit: SourceUnit }
  | { readonly ok: false; readonly reason: string };

/** Reads the bytes of the file at `path`. */
export function readUnit(parser: PythonParser, path: string, bytes: Uint8Array): ReadUnit {
  const read = readSource(parser, bytes);
  return read.ok ? { ok: true, unit: createUnit(path, read.facts, read.text) } : read;
}

/** Parses text and reads its facts as those of the file at `path`; null when parsing takes too long. */
export function parseUnit(
  parser: PythonParser,
  path: string,
  text: string,
): { readonly tree: SyntaxTree; readonly unit: SourceUnit } | null {
  const tree = parseInTime(parser, text);
  return typeof tree === "string" ? null : { tree, unit: createUnit(path, extractFacts(tree), text) };
}

/** Facts and text as the file at `path`: only here places get a path. */
export function createUnit(path: string, facts: FileFacts, text: string): SourceUnit {
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

/** The tree, or the reason why there is none. */
function parseInTime(parser: PythonParser, text: string): SyntaxTree | string {
  return inTime(() => parser.parse(text));
}

function inTime(parse: () => SyntaxTree): SyntaxTree | string {
  try {
    return parse();
  } catch (error) {
    if (error instanceof ParseTimeout) return error.message;
    throw error;
  }
}
