import type { Span } from "../python/location.ts";
import type { Message } from "./finding.ts";
import { RULES } from "./index.ts";
import { nearest } from "./nearest.ts";
import type { UnusedIgnore } from "./suppressions.ts";

/**
 * The data sheet of what `check --warn-unused-ignores` reports. It is about comments, not about async code, so it is
 * none of `RULES`: it cannot be selected, and nothing silences it.
 */
export const UNUSED_IGNORE = {
  name: "unused-ignore",
  code: "YS001",
  severity: "warning",
  summary: "A comment that switches a rule off silences nothing.",
} as const;

/** Where the reader has to look: the word, or the whole suppression when it names none. */
export function placeOf({ suppression, word }: UnusedIgnore): Span {
  const { start, end } = word ?? suppression;
  return { start, end };
}

/** What is said about an unused suppression of a file's text. */
export function unusedMessage(text: string, unused: UnusedIgnore): Message {
  const { suppression, word, silences } = unused;
  const { start, end } = suppression;
  const comment = quote(text.slice(start, suppression.items.length > 0 ? end : Math.min(end, start + 80)));
  if (suppression.reach === "file" && !(suppression.comment.isOwnLine && start === suppression.comment.start))
    return {
      problem: `${comment} stands behind something else and silences nothing.`,
      reason: "It is about a whole file, so it counts only in a comment on a line of its own.",
      remedy: "Put it on a line of its own, or remove it.",
    };
  if (word !== null && silences.length === 0) {
    const close = nearest(
      word.text,
      RULES.flatMap(({ name, code }) => [name, code]),
    );
    return {
      problem: `There is no rule \`${word.text}\`, so it silences nothing.`,
      reason: "What the comment was written for is reported, or the rule has another name.",
      remedy:
        close === null ? "`yieldsign explain` lists all rules." : `If \`${close}\` is meant, write that.`,
    };
  }
  const where = suppression.reach === "file" ? "in this file" : "on its line";
  return {
    problem:
      word === null
        ? `${comment} silences nothing: nothing is found ${where}.`
        : `\`${word.text}\` silences nothing: there is no such finding ${where}.`,
    reason: "A suppression that is left behind hides the next mistake.",
    remedy:
      word !== null && suppression.items.length > 1 ? `Remove \`${word.text}\`.` : "Remove the comment.",
  };
}

function quote(comment: string): string {
  return comment.includes("`") ? comment : `\`${comment}\``;
}
