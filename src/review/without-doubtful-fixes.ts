import type { Hunk } from "../diff/hunk.ts";
import { addedLines } from "../diff/lines.ts";
import type { Diagnostic } from "../fixes/fix.ts";

/** Rules whose repair adapts the use to a definition, which may be what is wrong when only it was changed. */
const FOLLOWS_DEFINITION = new Set(["YS101", "YS102", "YS112", "YS116"]);

/**
 * Drops repairs that are right only if this change wrote the line: on an untouched line the mistake came with a
 * changed definition, and `async` is added only to functions that are new (nobody else can call them yet).
 */
export function withoutDoubtfulFixes(
  diagnostics: readonly Diagnostic[],
  text: string,
  hunks: readonly Hunk[],
): Diagnostic[] {
  const added = addedLines(hunks);
  return diagnostics.map((one) => {
    const [edit] = one.fix?.edits ?? [];
    if (edit === undefined) return one;
    const editedLine = text.slice(0, edit.start).split("\n").length;
    const isDoubtful =
      (FOLLOWS_DEFINITION.has(one.code) && !added.has(one.location.line)) ||
      (one.code === "YS115" && !added.has(editedLine));
    return isDoubtful ? { ...one, fix: null } : one;
  });
}
