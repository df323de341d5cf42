import type { Span } from "./location.ts";

/** A string literal of a JSON text. */
export interface JsonString extends Span {
  readonly value: string;
}

/** A value's place in a JSON text: keys and indices from the root. */
export type JsonPath = readonly (string | number)[];

interface Frame {
  /** Index of the next item; null in an object. */
  index: number | null;
  key: string;
  isKeyNext: boolean;
}

/**
 * Calls `found` with every string value that lies at most `depth` keys and indices below the root, in the order of
 * the text. The text has to be valid JSON (`JSON.parse` took it); nothing recurses, so nesting may be any depth.
 */
export function visitStrings(
  text: string,
  depth: number,
  found: (path: JsonPath, literal: JsonString) => void,
): void {
  const frames: Frame[] = [];
  for (let at = 0; at < text.length; at++) {
    const frame = frames.at(-1);
    switch (text.charCodeAt(at)) {
      case OPEN_BRACKET:
        frames.push({ index: 0, key: "", isKeyNext: false });
        break;
      case OPEN_BRACE:
        frames.push({ index: null, key: "", isKeyNext: true });
        break;
      case CLOSE_BRACKET:
      case CLOSE_BRACE:
        frames.pop();
        break;
      case COMMA:
        if (frame?.index == null) {
          if (frame !== undefined) frame.isKeyNext = true;
        } else frame.index += 1;
        break;
      case QUOTE: {
        const end = endOfString(text, at);
        if (frames.length <= depth) {
          const value: string = JSON.parse(text.slice(at, end));
          if (frame?.isKeyNext) frame.key = value;
          else
            found(
              frames.map(({ index, key }) => index ?? key),
              { start: at, end, value },
            );
        }
        if (frame?.isKeyNext) frame.isKeyNext = false;
        at = end - 1;
      }
    }
  }
}

const [QUOTE, COMMA, BACKSLASH] = [0x22, 0x2c, 0x5c];
const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Behind the closing quote of the literal that starts at `start`. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes += 1;
    if (escapes % 2 === 0) return end + 1;
  }
  return text.length;
}

/** Where the UTF-16 unit `index` of the literal's value starts in the JSON text; its end for the value's length. */
export function offsetInLiteral(text: string, { start }: JsonString, index: number): number {
  let at = start + 1;
  for (let left = index; left > 0; left--) {
    if (text.charCodeAt(at) !== BACKSLASH) at += 1;
    else at += text[at + 1] === "u" ? 6 : 2;
  }
  return at;
}

/** Text as the content of a JSON string; `isAscii` escapes everything else, as Python's `json` does by default. */
export function encodeJson(text: string, isAscii: boolean): string {
  const encoded = JSON.stringify(text).slice(1, -1);
  if (!isAscii) return encoded;
  return encoded.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
