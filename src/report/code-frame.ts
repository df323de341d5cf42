import type { Colors } from "picocolors/types.ts";
import { createLineIndex } from "../python/line-index.ts";
import type { Location } from "../python/location.ts";
import { visible } from "./visible.ts";

const CONTEXT_LINES = 1;
const TAB_WIDTH = 4;

/** The lines around a place with carets under it. */
export function codeFrame(
  text: string,
  { line, column, endLine, endColumn }: Location,
  colors: Colors,
): string {
  const index = createLineIndex(text);
  const first = Math.max(1, line - CONTEXT_LINES);
  const last = Math.min(index.lineCount, line + CONTEXT_LINES);
  const width = String(last).length;
  const rows: string[] = [];
  for (let number = first; number <= last; number++) {
    const { start, end } = index.contentOf(number);
    const source = text.slice(start, end);
    const gutter = colors.blue(`${String(number).padStart(width)} |`);
    rows.push(`${gutter} ${visible(expand(source))}`.trimEnd());
    if (number !== line) continue;
    const stop = endLine === line ? endColumn - 1 : source.length;
    const indent = displayWidth(source.slice(0, column - 1));
    const length = Math.max(1, displayWidth(source.slice(column - 1, stop)));
    rows.push(
      `${" ".repeat(width)} ${colors.blue("|")} ${" ".repeat(indent)}${colors.red("^".repeat(length))}`,
    );
  }
  return rows.map((row) => `${row}\n`).join("");
}

function expand(text: string): string {
  return text.replaceAll("\t", " ".repeat(TAB_WIDTH));
}

/** Columns a text takes in a terminal: wide characters two, combining ones none. */
function displayWidth(text: string): number {
  let width = 0;
  for (const character of visible(expand(text))) {
    if (/\p{Mark}/u.test(character)) continue;
    width +=
      /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Extended_Pictographic}/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return width;
}
