import { NONE } from "./scan.ts";
import { GIVE_UP, leadingDottedName, SOURCE, skipSpace, skipWord, WORD } from "./scan-lexer.ts";
import { skipString } from "./scan-strings.ts";

/**
 * The leading dotted names of the positional bases of a class whose name ends at `start`. The header has been
 * scanned up to its colon, so brackets and strings are known to be closed.
 */
export function readBases(start: number): readonly string[] {
  let at = skipSpace(start);
  if (SOURCE[at] === 0x5b) at = skipSpace(skipBracket(at));
  if (SOURCE[at] !== 0x28) return NONE;
  const bases: string[] = [];
  for (at += 1; ; at += 1) {
    at = skipSpace(at);
    const byte = SOURCE[at];
    if (byte === 0x29) return bases.length === 0 ? NONE : bases;
    if (byte === 0x2a) {
      if (SOURCE[at + 1] !== 0x2a) bases.push("");
    } else if (!isKeywordArgument(at)) bases.push(leadingDottedName(at));
    at = skipArgument(at);
    if (SOURCE[at] !== 0x2c) return bases.length === 0 ? NONE : bases;
  }
}

function isKeywordArgument(start: number): boolean {
  if (WORD[SOURCE[start] as number] !== 1) return false;
  const at = skipSpace(skipWord(start));
  return SOURCE[at] === 0x3d && SOURCE[at + 1] !== 0x3d;
}

/** The place of the comma or bracket that ends an argument. */
function skipArgument(start: number): number {
  for (let at = start; ; ) {
    at = skipSpace(at);
    const byte = SOURCE[at] as number;
    if (byte === 0x2c || byte === 0x29 || byte === 0x5d || byte === 0x7d || byte === 0) return at;
    at = skipToken(at);
    if (at === GIVE_UP) return SOURCE.length;
  }
}

function skipBracket(start: number): number {
  let at = start;
  do at = skipArgument(at + 1);
  while (SOURCE[at] === 0x2c);
  return at + 1;
}

function skipToken(at: number): number {
  const byte = SOURCE[at] as number;
  if (byte === 0x28 || byte === 0x5b || byte === 0x7b) return skipBracket(at);
  if (byte === 0x22 || byte === 0x27) return skipString(at, at);
  if (WORD[byte] === 0) return at + 1;
  const end = skipWord(at);
  return SOURCE[end] === 0x22 || SOURCE[end] === 0x27 ? skipString(at, end) : end;
}
