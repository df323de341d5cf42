import type { SourceUnit } from "../project/project.ts";
import { decodeSource } from "../python/decode-source.ts";
import { extractFacts } from "../python/extract-facts.ts";
import { createLineIndex, type LineIndex } from "../python/line-index.ts";
import { ParseTimeout, type PythonParser } from "../python/parse.ts";
import type { SyntaxTree } from "../python/syntax-node.ts";

/** A file that was read: its unit, or why it cannot be analysed. */
export type ReadUnit =
  | { readonly ok: true; readonly unit: SourceUnit; readonly tree: SyntaxTree; readonly hasBom: boolean }
  | { readonly ok: false; readonly reason: string };

/** Decodes, parses and reads the facts of one file. */
export function readUnit(parser: PythonParser, path: string, bytes: Uint8Array): ReadUnit {
  const decoded = decodeSource(bytes);
  if (!decoded.ok) return decoded;
  const parsed = parseUnit(parser, path, decoded.text);
  return parsed.ok ? { ...parsed, hasBom: decoded.hasBom } : parsed;
}

/** The same for text that is already decoded. */
export function parseUnit(parser: PythonParser, path: string, text: string): ReadUnit {
  try {
    const tree = parser.parse(text);
    return { ok: true, unit: createUnit(path, text, tree), tree, hasBom: false };
  } catch (error) {
    if (error instanceof ParseTimeout) return { ok: false, reason: error.message };
    throw error;
  }
}

function createUnit(path: string, text: string, tree: SyntaxTree): SourceUnit {
  let lines: LineIndex | undefined;
  return {
    facts: extractFacts(tree),
    text,
    locate(span) {
      lines ??= createLineIndex(text);
      return lines.locate(path, span);
    },
  };
}
