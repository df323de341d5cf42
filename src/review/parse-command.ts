import { nearest } from "../rules/nearest.ts";

/** What somebody asks for in a comment. Words and reasons are as they were typed, shortened. */
export type Command =
  | { readonly verb: "review" | "apply" | "config" | "help" }
  | { readonly verb: "ignore"; readonly rule: string; readonly reason: string }
  | { readonly verb: "explain"; readonly rule: string }
  | { readonly verb: "false-positive"; readonly reason: string }
  | { readonly verb: "unknown"; readonly word: string; readonly nearest: string | null };

const VERBS = ["review", "apply", "ignore", "explain", "config", "help", "false-positive"] as const;

const COMMAND = /^\/yieldsign(?:[ \t]+(.*))?$/i;
/** Longest word that is repeated in an answer, in UTF-16 units. */
const MAX_WORD = 80;
/** Longest reason that is kept, in UTF-16 units. */
export const MAX_REASON = 300;

/**
 * The first command of a comment, or null. It stands at the very start of a line that the page shows as text: not in a
 * fenced block, a quote, an HTML comment or a `<pre>`. Everything behind it on the line belongs to it.
 */
export function parseCommand(body: string): Command | null {
  for (const line of visibleLines(body)) {
    const match = COMMAND.exec(line.trimEnd());
    if (match !== null) return toCommand(match[1] ?? "");
  }
  return null;
}

function toCommand(text: string): Command {
  const [word = "", ...rest] = text.split(/\s+/).filter((part) => part !== "");
  const verb = word === "" ? "help" : VERBS.find((one) => one === word.toLowerCase());
  switch (verb) {
    case undefined:
      return {
        verb: "unknown",
        word: shorten(word, MAX_WORD),
        nearest: nearest(shorten(word, MAX_WORD), VERBS),
      };
    case "ignore":
      return {
        verb,
        rule: shorten(rest[0] ?? "", MAX_WORD),
        reason: shorten(rest.slice(1).join(" "), MAX_REASON),
      };
    case "explain":
      return { verb, rule: shorten(rest[0] ?? "", MAX_WORD) };
    case "false-positive":
      return { verb, reason: shorten(rest.join(" "), MAX_REASON) };
    default:
      return { verb };
  }
}

/** Cuts at a length without leaving half of a surrogate pair; lone halves elsewhere are replaced. */
function shorten(text: string, length: number): string {
  const cut = text.slice(0, length).replace(/[\uD800-\uDBFF]$/, "");
  return cut.replace(/\p{Surrogate}/gu, "\uFFFD");
}

/** Blocks whose lines are not text, with what ends them (CommonMark 4.5 and 4.6). */
const RAW_HTML: readonly { readonly start: RegExp; readonly end: RegExp }[] = [
  { start: /^ {0,3}<!--/, end: /-->/ },
  { start: /^ {0,3}<(?:pre|script|style|textarea)(?:[\s>]|$)/i, end: /<\/(?:pre|script|style|textarea)>/i },
];

function* visibleLines(body: string): Generator<string> {
  let closes: ((line: string) => boolean) | null = null;
  for (const line of body.split(/\r\n|\r|\n/)) {
    if (closes !== null) {
      if (closes(line)) closes = null;
      continue;
    }
    const fence = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
    const raw = RAW_HTML.find(({ start }) => start.test(line));
    // Back-ticks behind a fence of back-ticks make it a code span.
    if (fence !== null && !(line.trimStart().startsWith("`") && fence[2]?.includes("`")))
      closes = closingFence(fence[1] ?? "");
    else if (raw !== undefined) {
      if (!raw.end.test(line.replace(raw.start, ""))) closes = (next) => raw.end.test(next);
    } else yield line;
  }
}

function closingFence(fence: string): (line: string) => boolean {
  return (line) => {
    const marks = /^ {0,3}(`+|~+)[ \t]*$/.exec(line)?.[1] ?? "";
    return marks.startsWith(fence.charAt(0)) && marks.length >= fence.length;
  };
}
