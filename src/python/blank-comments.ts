import type { Span } from "./location.ts";

/** Comments in a shorter run cost less than to look at them. */
const LONG_RUN = 100;

// What may matter if the line lies in a string after all is left alone: the end of the string, a replacement field.
const UNTOUCHED = /"""|'''|\{/;

/**
 * The text for the parser, with blanks in place of the comments in long runs of comment lines. In a block,
 * tree-sitter-python looks at the whole rest of a run for each of its comments, to see where the block ends:
 * 75,000 of them take a minute. Offsets stay as they are.
 */
export function blankLongComments(text: string): string {
  const parts: string[] = [];
  let copied = 0;
  for (const { start, end } of longRuns(text)) {
    const lines = text.slice(start, end).split("\n");
    const blanked = lines.map((line, index) => {
      // A line that is continued may be one of a string in single quotes.
      const isContinued = index > 0 ? lines[index - 1]?.endsWith("\\") : text.endsWith("\\\n", start);
      return isContinued || UNTOUCHED.test(line) ? line : " ".repeat(line.length);
    });
    parts.push(text.slice(copied, start), blanked.join("\n"));
    copied = end;
  }
  return copied === 0 ? text : parts.join("") + text.slice(copied);
}

/** Runs of lines that hold nothing but a comment or nothing at all, from the first line's start. */
function longRuns(text: string): Span[] {
  const runs: Span[] = [];
  let start = 0;
  let end = -1;
  let lines = 0;
  const close = (): void => {
    if (lines >= LONG_RUN) runs.push({ start, end });
  };
  for (let at = text.indexOf("#"); at !== -1; ) {
    const lineStart = text.lastIndexOf("\n", at) + 1;
    const lineEnd = text.indexOf("\n", at);
    const next = lineEnd === -1 ? text.length : lineEnd;
    if (isBlank(text, lineStart, at)) {
      if (end === -1 || !isBlank(text, end, lineStart)) {
        close();
        start = lineStart;
        lines = 0;
      }
      lines += 1;
      end = next;
    }
    at = text.indexOf("#", next);
  }
  close();
  return runs;
}

function isBlank(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x09 && code !== 0x0d && code !== 0x0c) return false;
  }
  return true;
}
