import { structuredPatch } from "diff";
import type { Hunk } from "./hunk.ts";
import { parsePatch } from "./parse-patch.ts";

/** Hunks between two texts with three lines of context, in the form `parsePatch` gives; for files without a `patch`. */
export function diffTexts(oldText: string, newText: string): Hunk[] {
  const patch = structuredPatch("a", "b", oldText, newText, undefined, undefined, {
    context: 3,
    stripTrailingCr: false,
    timeout: 5_000,
  });
  // Undefined when the deadline passed: then nothing is commentable, and everything goes to the check run.
  if (patch === undefined) return [];
  return patch.hunks.flatMap((hunk) => {
    const header = `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`;
    return parsePatch([header, ...hunk.lines].join("\n"));
  });
}
