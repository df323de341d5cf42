import type { Span } from "../python/location.ts";
import type { Suppression } from "../rules/suppression-comments.ts";
import type { UnusedIgnore } from "../rules/suppressions.ts";
import type { Edit } from "./fix.ts";

/** Takes one word out of a suppression or, with its last word, the suppression out of its comment. */
export function removeIgnore(text: string, { suppression, word }: UnusedIgnore): Edit {
  const { items } = suppression;
  if (word !== null && items.length > 1) return { ...withoutItem(items, word), text: "" };
  return withoutSuppression(text, suppression);
}

function withoutItem(items: readonly Span[], word: Span): Span {
  const at = items.findIndex(({ start }) => start === word.start);
  const next = items[at + 1];
  if (next !== undefined) return { start: word.start, end: next.start };
  return { start: items[at - 1]?.end ?? word.start, end: word.end };
}

/** Other text of the comment stays, with a `#` in front of it. */
function withoutSuppression(text: string, { start, end, comment }: Suppression): Edit {
  const before = text.slice(comment.start, start).trimEnd();
  if (before !== "") return { start: comment.start + before.length, end, text: "" };
  const rest = text.slice(end, comment.end).trimStart();
  if (rest !== "") return { start, end: comment.end - rest.length, text: rest.startsWith("#") ? "" : "# " };
  const lineStart = text.lastIndexOf("\n", comment.start - 1) + 1;
  const code = text.slice(lineStart, comment.start).trimEnd();
  if (code !== "") return { start: lineStart + code.length, end: comment.end, text: "" };
  const lineEnd = text.indexOf("\n", comment.end);
  return { start: lineStart, end: lineEnd === -1 ? text.length : lineEnd + 1, text: "" };
}
