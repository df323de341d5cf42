import { GIVE_UP, SOURCE } from "./scan-lexer.ts";

/** What `measureIndent` found, with tabs that fill up to multiples of eight and with tabs of one column. */
export const measured = { column: 0, narrow: 0 };

/** Measures indentation with tabs or form feeds; gives up on tabs behind spaces, which readers count differently. */
export function measureIndent(start: number, spaces: number): number {
  measured.column = spaces;
  measured.narrow = spaces;
  for (let at = start; ; at++) {
    const byte = SOURCE[at];
    if (byte === 32) {
      measured.column += 1;
      measured.narrow += 1;
    } else if (byte === 9) {
      if (measured.column % 8 !== 0) return GIVE_UP;
      measured.column += 8;
      measured.narrow += 1;
    } else if (byte === 12) {
      measured.column = 0;
      measured.narrow = 0;
    } else return at;
  }
}

/** True when a place is where its line starts or stands behind a colon or semicolon. */
export function startsStatement(place: number, lineStart: number): boolean {
  let at = place - 1;
  // Line ends can only be joined ones here.
  for (; at >= lineStart; at--) {
    const byte = SOURCE[at];
    if (byte !== 32 && byte !== 9 && byte !== 12 && byte !== 10 && byte !== 13 && byte !== 92) break;
  }
  return at < lineStart || SOURCE[at] === 0x3a || SOURCE[at] === 0x3b;
}

/** True when the line that ends at a place opens a suite. */
export function endsWithColon(end: number): boolean {
  let at = end - 1;
  while (SOURCE[at] === 32 || SOURCE[at] === 9 || SOURCE[at] === 12) at -= 1;
  return SOURCE[at] === 0x3a;
}
