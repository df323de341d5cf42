import { NONE, SCAN_VERSION, type Scan, type ScannedDefinition, type ScannedImport } from "./scan.ts";
import { readBases } from "./scan-bases.ts";
import { readImport } from "./scan-imports.ts";
import {
  GIVE_UP,
  isWord,
  leadingDottedName,
  lexer,
  loadSource,
  SOURCE,
  skipBlanks,
  skipComment,
  skipWord,
  textBetween,
  unitAt,
  WORD,
} from "./scan-lexer.ts";
import { endsWithColon, measured, measureIndent, startsStatement } from "./scan-lines.ts";
import { addName, clearNames, mixByte, nameHash, takeNames } from "./scan-names.ts";
import { skipString } from "./scan-strings.ts";

type MutableDefinition = { -readonly [Key in keyof ScannedDefinition]: ScannedDefinition[Key] };

const MAX_BRACKETS = 200;
const MAX_LEVELS = 100;

/** The keywords that matter, by their hash; all other words are names for the scanner. */
const KEYWORDS = ["yield", "lambda", "import", "from", "def", "class"] as const;
const keywordHashes = new Int32Array(64);
for (const keyword of KEYWORDS) keywordHashes[nameHash(keyword) & 63] = nameHash(keyword);

/** 1 and 2 as in `WORD`, 4 for operators and blanks that mean nothing here. */
const KIND = new Uint8Array(WORD);
for (const character of "\t\f .,;=+-*/%@&|^~<>") KIND[character.charCodeAt(0)] = 4;

// State of the file at hand. Suites are told by the columns they start at, once with tabs that fill up to
// multiples of eight and once with tabs of one column: where the two disagree, so may readers of Python.
const closers = new Uint8Array(MAX_BRACKETS + 1);
const columns = new Int32Array(MAX_LEVELS + 1);
const narrowColumns = new Int32Array(MAX_LEVELS + 1);
const openDefinitions = new Int32Array(MAX_LEVELS + 1);
const openColumns = new Int32Array(MAX_LEVELS + 1);

let definitions: MutableDefinition[] = [];
let imports: ScannedImport[] = [];
let decorators: string[] = [];

/**
 * Lists definitions, imports and names of a Python file in one pass over its bytes, without a tree. It answers
 * null where it is not certain to see what a parser would see (unbalanced or unclosed pieces, indentation that
 * does not add up, bytes that are not UTF-8, …): then `scanTree` has to be asked.
 */
export function scanSource(source: Uint8Array): Scan | null {
  definitions = [];
  imports = [];
  decorators = [];
  clearNames();
  const start = loadSource(source);
  if (start === GIVE_UP || !scanLines(start, source.length)) return null;
  return { version: SCAN_VERSION, definitions, imports, names: takeNames() };
}

/** The pass; false when it has to give up. One function, so that its state stays in registers. */
function scanLines(start: number, end: number): boolean {
  const bytes = SOURCE;
  const kinds = KIND;
  let at = start;
  let level = 0;
  let open = 0; // definitions around this line
  let opensSuite = false;
  columns[0] = 0;
  narrowColumns[0] = 0;

  for (;;) {
    // A logical line begins. Blank lines and comments do not count.
    let column = 0;
    while (bytes[at] === 32) {
      at += 1;
      column += 1;
    }
    let narrow = column;
    let byte = bytes[at] as number;
    if (byte === 9 || byte === 12) {
      at = measureIndent(at, column);
      if (at === GIVE_UP) return false;
      column = measured.column;
      narrow = measured.narrow;
      byte = bytes[at] as number;
    }
    if (byte === 35) {
      at = skipComment(at);
      byte = bytes[at] as number;
    }
    if (byte === 10) {
      at += 1;
      continue;
    }
    if (byte === 13) {
      if (bytes[at + 1] !== 10) return false;
      at += 2;
      continue;
    }
    if (byte === 0) return at > end && !opensSuite && decorators.length === 0;
    if (byte === 92) return false;

    if (column > (columns[level] as number)) {
      if (!opensSuite || level === MAX_LEVELS || narrow <= (narrowColumns[level] as number)) return false;
      level += 1;
      columns[level] = column;
      narrowColumns[level] = narrow;
    } else {
      if (opensSuite) return false;
      while (column < (columns[level] as number)) level -= 1;
      if (column !== columns[level] || narrow !== narrowColumns[level]) return false;
    }
    while (open > 0 && column <= (openColumns[open - 1] as number)) open -= 1;
    const owner = open === 0 ? -1 : (openDefinitions[open - 1] as number);

    // What can only stand at the beginning of a line.
    const lineStart = at;
    let pending = -1; // definition whose header this line is
    let pendingName = 0; // end of its name
    switch (byte) {
      case 0x40: // @
        decorators.push(leadingDottedName(skipBlanks(at + 1)));
        at += 1;
        break;
      case 0x64: // def
      case 0x63: // class
      case 0x61: // async def
        pendingName = mayBeHeader(at) ? openHeader(at, owner) : 0;
        if (pendingName === GIVE_UP) return false;
        if (pendingName !== 0) {
          if (open === MAX_LEVELS) return false;
          pending = definitions.length - 1;
          at = pendingName;
        } else if (decorators.length > 0) return false;
        break;
      default:
        if (decorators.length > 0) return false;
    }

    let depth = 0;
    let hasLambda = false;
    let lineEnd = 0; // where the comment behind the line starts
    for (;;) {
      byte = bytes[at] as number;
      while (kinds[byte] === 4) byte = bytes[++at] as number;
      if (kinds[byte] === 1) {
        const wordStart = at;
        let hash = byte;
        for (;;) {
          byte = bytes[++at] as number;
          if (((kinds[byte] as number) & 3) === 0) break;
          hash = mixByte(hash, byte);
        }
        addName(hash);
        if (byte === 0x22 || byte === 0x27) {
          at = skipString(wordStart, at);
          if (at === GIVE_UP) return false;
          if (lexer.sawYield || lexer.sawLambda) {
            if (lexer.sawYield && (hasLambda || lexer.sawLambda)) return false;
            if (lexer.sawYield) noteYield(open);
            hasLambda ||= lexer.sawLambda;
            lexer.sawYield = false;
            lexer.sawLambda = false;
          }
        } else if (keywordHashes[hash & 63] === hash) {
          if (isWord(wordStart, at, "yield")) {
            if (hasLambda) return false;
            noteYield(open);
          } else if (isWord(wordStart, at, "lambda")) {
            if (pending >= 0 && (depth === 0 || definitions[pending]?.kind === "class")) return false;
            hasLambda = true;
          } else if (isWord(wordStart, at, "import")) {
            if (depth > 0 || !startsStatement(wordStart, lineStart)) return false;
            at = readImport(at, false, ownerNow(open), imports);
            if (at === GIVE_UP) return false;
          } else if (isWord(wordStart, at, "from")) {
            if (depth === 0 && startsStatement(wordStart, lineStart)) {
              at = readImport(at, true, ownerNow(open), imports);
              if (at === GIVE_UP) return false;
            }
          } else if (isWord(wordStart, at, "def") || isWord(wordStart, at, "class")) return false;
        }
        continue;
      }
      if (kinds[byte] === 2) {
        do at += 1;
        while (((kinds[bytes[at] as number] as number) & 3) !== 0);
        continue;
      }
      switch (byte) {
        case 0x22: // quotes
        case 0x27:
          at = skipString(at, at);
          if (at === GIVE_UP) return false;
          continue;
        case 0x23: // #
          if (depth === 0) lineEnd = at;
          at = skipComment(at);
          continue;
        case 0x28: // ( [ {
        case 0x5b:
        case 0x7b:
          if (depth === MAX_BRACKETS) return false;
          closers[++depth] = byte === 0x28 ? 0x29 : byte + 2;
          at += 1;
          continue;
        case 0x29: // ) ] }
        case 0x5d:
        case 0x7d:
          if (depth === 0 || closers[depth] !== byte) return false;
          depth -= 1;
          at += 1;
          continue;
        case 0x3a: // :
          at += 1;
          if (depth > 0 || pending < 0) continue;
          openDefinitions[open] = pending;
          openColumns[open] = column;
          open += 1;
          completeHeader(pending, pendingName);
          pending = -1;
          continue;
        case 0x5c: {
          // A joined line.
          const next = skipBlanks(at);
          if (next === at) return false;
          at = next;
          continue;
        }
        case 0x0d:
          if (bytes[at + 1] !== 10) return false;
          if (depth === 0) break;
          at += 2;
          continue;
        case 0x0a:
          if (depth === 0) break;
          at += 1;
          while (bytes[at] === 32) at += 1;
          continue;
        case 0x21: // !=
          if (bytes[at + 1] !== 0x3d) return false;
          at += 2;
          continue;
        default: // ? $ ` and control characters
          return false;
      }
      break;
    }
    if (pending >= 0) return false;
    opensSuite = endsWithColon(lineEnd === 0 ? at : lineEnd);
    at += byte === 13 ? 2 : 1;
  }
}

function ownerNow(open: number): number {
  return open === 0 ? -1 : (openDefinitions[open - 1] as number);
}

function noteYield(open: number): void {
  const around = definitions[ownerNow(open)];
  if (around?.kind === "function") around.isGenerator = true;
}

/** True for what starts with "def", "cla" and "asy". */
function mayBeHeader(at: number): boolean {
  const start =
    ((SOURCE[at] as number) << 16) | ((SOURCE[at + 1] as number) << 8) | (SOURCE[at + 2] as number);
  return start === 0x646566 || start === 0x636c61 || start === 0x617379;
}

/**
 * Notes a definition when its header starts here: returns the end of its name, 0 when the line is something
 * else, `GIVE_UP` when the header is odd.
 */
function openHeader(start: number, owner: number): number {
  let keyword = start;
  let end = wordEnd(keyword);
  const isAsync = isWord(keyword, end, "async");
  if (isAsync) {
    keyword = skipBlanks(end);
    end = wordEnd(keyword);
  }
  const isClass = !isAsync && isWord(keyword, end, "class");
  if (!isClass && !isWord(keyword, end, "def")) return 0;
  const nameStart = skipBlanks(end);
  if (WORD[SOURCE[nameStart] as number] !== 1) return GIVE_UP;
  const nameEnd = skipWord(nameStart);
  const next = SOURCE[skipBlanks(nameEnd)];
  if (next !== 0x28 && next !== 0x5b && !(isClass && next === 0x3a)) return GIVE_UP;
  definitions.push({
    kind: isClass ? "class" : "function",
    name: textBetween(nameStart, nameEnd),
    isAsync,
    isGenerator: false,
    parent: owner,
    start: unitAt(start),
    decorators: decorators.length === 0 ? NONE : decorators,
    bases: NONE,
  });
  if (decorators.length > 0) decorators = [];
  return nameEnd;
}

function wordEnd(start: number): number {
  let at = start;
  while (WORD[SOURCE[at] as number] !== 0) at += 1;
  return at;
}

function completeHeader(pending: number, nameEnd: number): void {
  const definition = definitions[pending];
  if (definition?.kind === "class") definition.bases = readBases(nameEnd);
}
