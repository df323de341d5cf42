import { isAscii, isUtf8 } from "node:buffer";
import { MAX_SOURCE_BYTES } from "./decode-source.ts";
import { addName, mixByte, slotOf } from "./scan-names.ts";

/** What the parts of the scanner share about the file at hand. */
export interface Lexer {
  isAscii: boolean;
  /** Set by strings with braces when their code says `yield` or `lambda`. */
  sawYield: boolean;
  sawLambda: boolean;
  /** Last place whose UTF-16 offset is known, in bytes and in units. */
  knownByte: number;
  knownUnit: number;
}

/** Answer of every part that cannot be sure: the file has to be parsed. */
export const GIVE_UP = -1;

/** 1 for what a name may start with (all that is not ASCII included), 2 for digits, else 0. */
export const WORD = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  const character = String.fromCharCode(byte);
  if (byte >= 0x80 || /[A-Za-z_]/.test(character)) WORD[byte] = 1;
  else if (/\d/.test(character)) WORD[byte] = 2;
}

const PADDING = 8;

/**
 * The source, then a line feed and NULs: no loop needs to ask whether the end is reached. One buffer for all files,
 * so that its address and length are constants for the compiler.
 */
export const SOURCE = Buffer.alloc(MAX_SOURCE_BYTES + PADDING);
/** The same, four bytes at a time. */
const QUADS = new Int32Array(SOURCE.buffer, SOURCE.byteOffset, SOURCE.length >> 2);

/** One for all files: the scanner is not re-entrant, and one shape of object is the fastest. */
export const lexer: Lexer = {
  isAscii: true,
  sawYield: false,
  sawLambda: false,
  knownByte: 0,
  knownUnit: 0,
};

/** Lays a file out for scanning; returns the offset of its first character, or `GIVE_UP` unless
 * it is UTF-8 of a size that is analysed. */
export function loadSource(source: Uint8Array): number {
  const { length } = source;
  if (length > MAX_SOURCE_BYTES) return GIVE_UP;
  SOURCE.set(source);
  SOURCE.fill(0, length, length + PADDING);
  SOURCE[length] = 10;
  lexer.isAscii = isAscii(source);
  lexer.sawYield = false;
  lexer.sawLambda = false;
  lexer.knownUnit = 0;
  lexer.knownByte = 0;
  if (lexer.isAscii) return 0;
  if (!isUtf8(source)) return GIVE_UP;
  if (source[0] === 0xef && source[1] === 0xbb && source[2] === 0xbf) lexer.knownByte = 3;
  return lexer.knownByte;
}

// Making a string costs some 200 ns, and most names occur again and again: the last one with each hash is kept.
const RECENT_BITS = 13;
const LONGEST_RECENT = 64;
const recent: string[] = new Array(1 << RECENT_BITS).fill("");

/** The text between two places. */
export function textBetween(start: number, end: number): string {
  if (end - start > LONGEST_RECENT) return SOURCE.toString("utf8", start, end);
  let hash = 0;
  for (let at = start; at < end; at++) {
    const byte = SOURCE[at] as number;
    if (byte >= 0x80) return SOURCE.toString("utf8", start, end);
    hash = mixByte(hash, byte);
  }
  const slot = slotOf(hash, RECENT_BITS);
  const known = recent[slot] as string;
  if (isWord(start, end, known)) return known;
  const text = SOURCE.toString("latin1", start, end);
  recent[slot] = text;
  return text;
}

/** The UTF-16 offset of a place; asked in rising order. */
export function unitAt(place: number): number {
  if (lexer.isAscii) return place;
  let units = lexer.knownUnit;
  for (let at = lexer.knownByte; at < place; ) {
    if ((at & 3) === 0 && at + 4 <= place && ((QUADS[at >> 2] as number) & 0x80808080) === 0) {
      units += 4;
      at += 4;
      continue;
    }
    const byte = SOURCE[at++] as number;
    // Continuation bytes count nothing, four-byte sequences are two units.
    if (byte < 0x80 || byte >= 0xc0) units += byte >= 0xf0 ? 2 : 1;
  }
  lexer.knownByte = place;
  lexer.knownUnit = units;
  return units;
}

/** Skips a name (or number) and notes it; returns the place behind. */
export function skipWord(start: number): number {
  let at = start;
  let hash = SOURCE[at] as number;
  const isName = WORD[hash] === 1;
  for (;;) {
    const byte = SOURCE[++at] as number;
    if (WORD[byte] === 0) break;
    hash = mixByte(hash, byte);
  }
  if (isName) addName(hash);
  return at;
}

/** Skips blanks and joined lines inside a logical line. */
export function skipBlanks(start: number): number {
  for (let at = start; ; ) {
    const byte = SOURCE[at];
    if (byte === 32 || byte === 9 || byte === 12) at += 1;
    else if (byte === 92 && SOURCE[at + 1] === 10) at += 2;
    else if (byte === 92 && SOURCE[at + 1] === 13 && SOURCE[at + 2] === 10) at += 3;
    else return at;
  }
}

/** Skips blanks, line ends and comments between brackets. */
export function skipSpace(start: number): number {
  for (let at = start; ; ) {
    at = skipBlanks(at);
    const byte = SOURCE[at];
    if (byte === 10) at += 1;
    else if (byte === 13 && SOURCE[at + 1] === 10) at += 2;
    else if (byte === 35) at = skipComment(at);
    else return at;
  }
}

/** Skips a comment up to its line end (or to a NUL). */
export function skipComment(start: number): number {
  for (let at = start + 1; ; at++) {
    const byte = SOURCE[at] as number;
    if (byte <= 13 && (byte === 10 || byte === 13 || byte === 0)) return at;
  }
}

/** True when the word from `start` to `end` is `word`. */
export function isWord(start: number, end: number, word: string): boolean {
  if (end - start !== word.length) return false;
  for (let at = 0; at < word.length; at++) if (SOURCE[start + at] !== word.charCodeAt(at)) return false;
  return true;
}

/** The dotted name that starts at a place, "" when there is none. The quote behind a prefix makes it a string. */
export function leadingDottedName(start: number): string {
  let at = start;
  let end = start;
  let isSpaced = false;
  while (WORD[SOURCE[at] as number] === 1) {
    const wordEnd = skipWord(at);
    if (SOURCE[wordEnd] === 34 || SOURCE[wordEnd] === 39) break;
    isSpaced ||= at > end + 1;
    end = wordEnd;
    at = skipInline(end);
    if (SOURCE[at] !== 46) break;
    at = skipInline(at + 1);
  }
  const name = textBetween(start, end);
  return isSpaced ? name.replace(/[ \t]+/g, "") : name;
}

function skipInline(start: number): number {
  let at = start;
  while (SOURCE[at] === 32 || SOURCE[at] === 9) at += 1;
  return at;
}
