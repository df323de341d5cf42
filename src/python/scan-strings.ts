import { GIVE_UP, isWord, lexer, SOURCE, skipWord, WORD } from "./scan-lexer.ts";

const PLAIN = 0;
const FORMAT = 1;
const RAW = 2;
const OTHER = 4;

/** Strings and braces nested deeper than this are left to the parser. */
const MAX_DEPTH = 8;

/** What a letter says when it stands before a quote; 0 when it may not. */
const PREFIX = new Uint8Array(256);
for (const letter of "bBuU") PREFIX[letter.charCodeAt(0)] = OTHER;
for (const letter of "fFtT") PREFIX[letter.charCodeAt(0)] = FORMAT;
for (const letter of "rR") PREFIX[letter.charCodeAt(0)] = RAW;

/** Closing brackets that are waited for inside the braces of strings. */
const closers = new Uint8Array(256);
let open = 0;

/**
 * Skips the string whose quote stands at `quoteAt`; the word from `wordAt` up to the quote is its prefix if it
 * can be one. Returns the place behind the string, or `GIVE_UP`.
 */
export function skipString(wordAt: number, quoteAt: number): number {
  open = 0;
  return skipNested(wordAt, quoteAt, 0);
}

function skipNested(wordAt: number, quoteAt: number, depth: number): number {
  const flags = wordAt === quoteAt ? PLAIN : prefixFlags(wordAt, quoteAt);
  const quote = SOURCE[quoteAt] as number;
  const isTriple = SOURCE[quoteAt + 1] === quote && SOURCE[quoteAt + 2] === quote;
  if (!isTriple && SOURCE[quoteAt + 1] === quote) return quoteAt + 2;
  const start = quoteAt + (isTriple ? 3 : 1);
  if ((flags & FORMAT) !== 0) return skipFormat(start, quote, isTriple, (flags & RAW) !== 0, depth);
  return isTriple ? skipTriple(start, quote) : skipLine(start, quote);
}

function prefixFlags(start: number, end: number): number {
  if (end - start > 3) return PLAIN;
  let flags = PLAIN;
  for (let at = start; at < end; at++) {
    const meaning = PREFIX[SOURCE[at] as number] as number;
    if (meaning === 0) return PLAIN;
    flags |= meaning;
  }
  return flags;
}

function skipLine(start: number, quote: number): number {
  for (let at = start; ; ) {
    const byte = SOURCE[at] as number;
    if (WORD[byte] !== 0) at = skipWord(at);
    else if (byte === quote) return at + 1;
    else if (byte === 92) at = skipEscape(at);
    else if (byte === 10 || byte === 13 || byte === 0) return GIVE_UP;
    else at += 1;
  }
}

function skipTriple(start: number, quote: number): number {
  for (let at = start; ; at++) {
    const byte = SOURCE[at] as number;
    if (byte === quote) {
      if (SOURCE[at + 1] === quote && SOURCE[at + 2] === quote) return at + 3;
    } else if (byte === 92) at += 1;
    else if (byte === 0) return GIVE_UP;
  }
}

/** Skips a backslash and what it escapes: a line end or one ASCII character. */
function skipEscape(at: number): number {
  const next = SOURCE[at + 1] as number;
  if (next >= 0x80) return at + 1;
  return next === 13 && SOURCE[at + 2] === 10 ? at + 3 : at + 2;
}

function skipFormat(start: number, quote: number, isTriple: boolean, isRaw: boolean, depth: number): number {
  for (let at = start; ; ) {
    const byte = SOURCE[at] as number;
    if (WORD[byte] !== 0) at = skipWord(at);
    else if (byte === quote) {
      if (!isTriple) return at + 1;
      if (SOURCE[at + 1] === quote && SOURCE[at + 2] === quote) return at + 3;
      at += 1;
    } else if (byte === 0x7b) {
      at = SOURCE[at + 1] === 0x7b ? at + 2 : skipField(at + 1, quote, isTriple, depth + 1);
      if (at === GIVE_UP) return GIVE_UP;
    } else if (byte === 0x7d) {
      if (SOURCE[at + 1] !== 0x7d) return GIVE_UP;
      at += 2;
    } else if (byte === 92) {
      at = skipFormatEscape(at, isRaw);
      if (at === GIVE_UP) return GIVE_UP;
    } else if (byte === 0 || (byte === 10 && !isTriple) || (byte === 13 && SOURCE[at + 1] !== 10)) {
      return GIVE_UP;
    } else at += 1;
  }
}

/** Braces are never escaped by a backslash; those of `\N{DASH}` open nothing. */
function skipFormatEscape(at: number, isRaw: boolean): number {
  const next = SOURCE[at + 1];
  if (next === 0x7b || next === 0x7d) return at + 1;
  if (isRaw || next !== 0x4e || SOURCE[at + 2] !== 0x7b) return skipEscape(at);
  for (let end = at + 3; ; end++) {
    const byte = SOURCE[end] as number;
    if (byte === 0x7d) return end + 1;
    if (byte < 32 || byte === 0x7b) return GIVE_UP;
  }
}

/** Skips the code between braces: any expression, over any number of lines, its conversion, its format. */
function skipField(start: number, quote: number, isTriple: boolean, depth: number): number {
  if (depth > MAX_DEPTH) return GIVE_UP;
  const base = open;
  for (let at = start; ; ) {
    const byte = SOURCE[at] as number;
    if (WORD[byte] !== 0) {
      const end = skipWord(at);
      if (SOURCE[end] === 34 || SOURCE[end] === 39) at = skipNested(at, end, depth);
      else at = noteKeyword(at, end, open === base);
      if (at === GIVE_UP) return GIVE_UP;
      continue;
    }
    switch (byte) {
      case 0x22:
      case 0x27:
        at = skipNested(at, at, depth);
        if (at === GIVE_UP) return GIVE_UP;
        continue;
      case 0x28:
      case 0x5b:
      case 0x7b:
        if (open >= closers.length - 1) return GIVE_UP;
        closers[++open] = byte === 0x28 ? 0x29 : byte + 2;
        break;
      case 0x29:
      case 0x5d:
      case 0x7d:
        if (open === base) return byte === 0x7d ? at + 1 : GIVE_UP;
        if (closers[open] !== byte) return GIVE_UP;
        open -= 1;
        break;
      case 0x3a:
        if (open === base) return skipFormatSpec(at + 1, quote, isTriple, depth);
        break;
      case 0x21:
        if (SOURCE[at + 1] !== 0x3d && open !== base) return GIVE_UP;
        break;
      // Comments and joined lines inside braces are newer than most readers of Python.
      case 0x23:
      case 0x5c:
      case 0x00:
        return GIVE_UP;
      case 0x0d:
        if (SOURCE[at + 1] !== 10) return GIVE_UP;
    }
    at += 1;
  }
}

function noteKeyword(start: number, end: number, isOutermost: boolean): number {
  if (isWord(start, end, "yield")) {
    // Which of the two is inside the other is the parser's question.
    if (lexer.sawLambda) return GIVE_UP;
    lexer.sawYield = true;
  } else if (isWord(start, end, "lambda")) {
    if (isOutermost) return GIVE_UP;
    lexer.sawLambda = true;
  }
  return end;
}

function skipFormatSpec(start: number, quote: number, isTriple: boolean, depth: number): number {
  for (let at = start; ; ) {
    const byte = SOURCE[at] as number;
    if (WORD[byte] !== 0) at = skipWord(at);
    else if (byte === 0x7d) return at + 1;
    else if (byte === 0x7b) {
      if (SOURCE[at + 1] === 0x7b) return GIVE_UP;
      at = skipField(at + 1, quote, isTriple, depth + 1);
      if (at === GIVE_UP) return GIVE_UP;
    } else if (byte === quote) {
      if (!isTriple || (SOURCE[at + 1] === quote && SOURCE[at + 2] === quote)) return GIVE_UP;
      at += 1;
    } else if (byte === 92 || byte < 32) return GIVE_UP;
    else at += 1;
  }
}
