import type { ScannedImport } from "./scan.ts";
import { GIVE_UP, isWord, SOURCE, skipBlanks, skipSpace, skipWord, textBetween, WORD } from "./scan-lexer.ts";

/**
 * Reads the import statement whose keyword ends at `start` and adds its names to `imports`. Returns the place
 * behind its last token, or `GIVE_UP` unless the statement ends there.
 */
export function readImport(start: number, isFrom: boolean, owner: number, imports: ScannedImport[]): number {
  const end = isFrom ? readFrom(start, owner, imports) : readModules(start, owner, imports);
  if (end === GIVE_UP) return GIVE_UP;
  const at = skipBlanks(end);
  const byte = SOURCE[at];
  return byte === 10 || byte === 13 || byte === 35 || byte === 59 ? at : GIVE_UP;
}

/** The last dotted name that was read. */
let dotted = "";

/** Reads `a.b.c`, with blanks around the dots if need be, into `dotted`. */
function readDotted(start: number): number {
  let isSpaced = false;
  for (let at = start; ; ) {
    if (WORD[SOURCE[at] as number] !== 1) return GIVE_UP;
    const end = skipWord(at);
    const dotAt = skipBlanks(end);
    if (SOURCE[dotAt] !== 46) {
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
  if (WORD[SOURCE[at] as number] !== 1) return start;
  const end = skipWord(at);
  if (!isWord(at, end, "as")) return GIVE_UP;
  const nameAt = skip(end);
  if (WORD[SOURCE[nameAt] as number] !== 1) return GIVE_UP;
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
    if (SOURCE[next] !== 44) return at;
    at = next + 1;
  }
}

function readFrom(start: number, owner: number, imports: ScannedImport[]): number {
  let at = skipBlanks(start);
  let level = 0;
  for (; SOURCE[at] === 46; at = skipBlanks(at + 1)) level += 1;
  let module = "";
  if (level === 0 || !isImportAt(at)) {
    at = readDotted(at);
    if (at === GIVE_UP) return GIVE_UP;
    module = dotted;
    at = skipBlanks(at);
    if (!isImportAt(at)) return GIVE_UP;
  }
  at = skipBlanks(at + "import".length);
  if (SOURCE[at] === 42) {
    imports.push({ module, level, name: "*", alias: null, owner });
    return at + 1;
  }
  const hasBrackets = SOURCE[at] === 40;
  const skip = hasBrackets ? skipSpace : skipBlanks;
  for (at = hasBrackets ? at + 1 : at; ; at += 1) {
    at = skip(at);
    if (WORD[SOURCE[at] as number] !== 1) return GIVE_UP;
    const end = skipWord(at);
    const name = textBetween(at, end);
    at = readAlias(end, skip);
    if (at === GIVE_UP) return GIVE_UP;
    imports.push({ module, level, name, alias, owner });
    const next = skip(at);
    if (SOURCE[next] !== 44) {
      if (!hasBrackets) return at;
      return SOURCE[next] === 41 ? next + 1 : GIVE_UP;
    }
    at = next;
    if (!hasBrackets) continue;
    const last = skip(next + 1);
    if (SOURCE[last] === 41) return last + 1;
  }
}

function isImportAt(at: number): boolean {
  return isWord(at, at + 6, "import") && WORD[SOURCE[at + 6] as number] === 0;
}
