import { createTwoFilesPatch, OMIT_HEADERS } from "diff";
import type { Hunk } from "./hunk.ts";
import { parsePatch } from "./parse-patch.ts";

/** The hunks that make one text of another. */
export function hunksBetween(before: string, after: string): Hunk[] {
  const options = { context: 3, headerOptions: OMIT_HEADERS };
  return parsePatch(createTwoFilesPatch("", "", before, after, undefined, undefined, options));
}
