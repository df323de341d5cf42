import type { Span } from "../python/location.ts";
import type { Edit } from "./fix.ts";

/** Where a place stands after the edits; an insertion right at it may come before or after it. */
export function movedStarts(span: Pick<Span, "start">, edits: readonly Edit[]): number[] {
  let before = 0;
  let at = 0;
  for (const edit of edits) {
    const growth = edit.text.length - (edit.end - edit.start);
    if (edit.end <= span.start && !(edit.start === edit.end && edit.start === span.start)) before += growth;
    else if (edit.start <= span.start) at += growth;
  }
  return [span.start + before, span.start + before + at];
}
