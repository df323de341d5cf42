import type { ScannedImport } from "./scan.ts";
import { GIVE_UP, isWord, lexer, skipBlanks, skipSpace, skipWord, textBetween, WORD } from "./scan-lexer.ts";

/**
 * Reads the import statement whose keyword ends at `start` and adds its names to `imports`. Returns the place
 * behind its last token, or `GIVE_UP` unless the statement ends there.
 */
export function readImport(start: number, isFrom: boolean, owner: number, imports: ScannedImport[]): number {
  const end = isFrom ? readFrom(start, owner, imports) : readModules(start, owner, imports);
  if (end === GIVE_UP) return GIVE_UP;
  const at = skipBlanks(end);
  const byte = lexer.bytes[at];
  return byte === 10 || byte === 13 || byte === 35 || byte === 59 ? at : GIVE_UP;
}

/** The last dotted name that was read. */
let dotted = "";

/** Reads `a.b.c`, with blanks around the dots if need be, into `dotted`. */
function readDotted(start: number): number {
  const { bytes } = lexer;
  let isSpaced = false;
  for (let at = start; ; ) {
    if (WORD[bytes[at] as number] !== 1) return GIVE_UP;
    const end = skipWord(at);
    const dotAt = skipBlanks(end);
    if (bytes[dotAt] !== 46) {
      dotted = textBetween(start, end);
      if (isSpaced) dotted = dotted.replace(/[\s\\]+/g, "");
      return end;
    }
    at = skipBlanks(dotAt + 1);
    isSpaced ||= at > end + 1;
  }
}

let alias: string | null = null;

/** Reads `as name`, if it is there, into `alias`. */
function readAlias(start: number, skip: (at: number) => number): number {
  alias = null;
  const at = skip(start);
  if (WORD[lexer.bytes[at] as number] !== 1) return start;
  const end = skipWord(at);
  if (!isWord(at, end, "as")) return GIVE_UP;
  const nameAt = skip(end);
  if (WORD[lexer.bytes[nameAt] as number] !== 1) return GIVE_UP;
  const nameEnd = skipWord(nameAt);
  alias = textBetween(nameAt, nameEnd);
  return nameEnd;
}

function readModules(start: number, owner: number, imports: ScannedImport[]): number {
  for (let at = start; ; ) {
    at = readDotted(skipBlanks(at));
    if (at === GIVE_UP) return GIVE_UP;
    const module = dotted;
    at = readAlias(at, skipBlanks);
    if (at === GIVE_UP) return GIVE_UP;
    imports.push({ module, level: 0, name: null, alias, owner });
    const next = skipBlanks(at);
    if (lexer.bytes[next] !== 44) return at;
    at = next + 1;
  }
}

function readFrom(start: number, owner: number, imports: ScannedImport[]): number {
  const { bytes } = lexer;
  let at = skipBlanks(start);
  let level = 0;
  for (; bytes[at] === 46; at = skipBlanks(at + 1)) level += 1;
  let module = "";
  if (level === 0 || !isImportAt(at)) {
    at = readDotted(at);
    if (at === GIVE_UP) return GIVE_UP;
    module = dotted;
    at = skipBlanks(at);
    if (!isImportAt(at)) return GIVE_UP;
  }
  at = skipBlanks(at + "import".length);
  if (bytes[at] === 42) {
    imports.push({ module, level, name: "*", alias: null, owner });
    return at + 1;
  }
  const hasBrackets = bytes[at] === 40;
  const skip = hasBrackets ? skipSpace : skipBlanks;
  for (at = hasBrackets ? at + 1 : at; ; at += 1) {
    at = skip(at);
    if (WORD[bytes[at] as number] !== 1) return GIVE_UP;
    const end = skipWord(at);
    const name = textBetween(at, end);
    at = readAlias(end, skip);
    if (at === GIVE_UP) return GIVE_UP;
    imports.push({ module, level, name, alias, owner });
    const next = skip(at);
    if (bytes[next] !== 44) {
      if (!hasBrackets) return at;
      return bytes[next] === 41 ? next + 1 : GIVE_UP;
    }
    at = next;
    if (!hasBrackets) continue;
    const last = skip(next + 1);
    if (bytes[last] === 41) return last + 1;
  }
}

function isImportAt(at: number): boolean {
  const { bytes } = lexer;
  return isWord(at, at + 6, "import") && WORD[bytes[at + 6] as number] === 0;
}
