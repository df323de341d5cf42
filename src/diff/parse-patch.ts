import type { Hunk, HunkLine } from "./hunk.ts";

const HEADER = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/** A patch that does not follow the unified format. */
export class PatchError extends Error {
  override readonly name = "PatchError";
}

/**
 * Parses bare hunks: the `patch` of GitHub's files API and the hunks of `git diff`. Lines end at `\n` only,
 * so that carriage returns survive. The counts in the header say where a hunk ends, whatever its lines look like.
 * @throws PatchError when the lines do not match a header's counts.
 */
export function parsePatch(patch: string): Hunk[] {
  const lines = patch.split("\n");
  const hunks: Hunk[] = [];
  let at = 0;
  while (at < lines.length) {
    const match = HEADER.exec(lines[at] ?? "");
    if (match === null) {
      if ((lines[at] ?? "") !== "")
        throw new PatchError(`expected a hunk header in line ${at + 1} of the patch`);
      at += 1;
      continue;
    }
    const [, oldStart = "0", oldCount = "1", newStart = "0", newCount = "1"] = match;
    const counts = { old: Number(oldCount), new: Number(newCount) };
    const { body, next } = readBody(lines, at + 1, Number(oldStart), Number(newStart), counts);
    hunks.push({
      oldStart: Number(oldStart),
      oldLines: counts.old,
      newStart: Number(newStart),
      newLines: counts.new,
      lines: body,
    });
    at = next;
  }
  return hunks;
}

function readBody(
  lines: readonly string[],
  from: number,
  oldStart: number,
  newStart: number,
  counts: { readonly old: number; readonly new: number },
): { body: HunkLine[]; next: number } {
  const body: HunkLine[] = [];
  let oldLeft = counts.old;
  let newLeft = counts.new;
  let at = from;
  while (oldLeft > 0 || newLeft > 0 || lines[at]?.startsWith("\\")) {
    const line = lines[at];
    if (line === undefined) throw new PatchError("the patch ends within a hunk");
    at += 1;
    const last = body.at(-1);
    if (line.startsWith("\\")) {
      if (last !== undefined) body[body.length - 1] = { ...last, hasNoNewline: true };
      continue;
    }
    // Some tools strip the trailing space of empty context lines.
    const kind = line === "" ? " " : line.charAt(0);
    if (kind !== " " && kind !== "+" && kind !== "-")
      throw new PatchError(`unknown line in a hunk: line ${at}`);
    body.push({
      kind,
      text: line.slice(1),
      oldLine: kind === "+" ? null : oldStart + counts.old - oldLeft,
      newLine: kind === "-" ? null : newStart + counts.new - newLeft,
      hasNoNewline: false,
    });
    if (kind !== "+") oldLeft -= 1;
    if (kind !== "-") newLeft -= 1;
    if (oldLeft < 0 || newLeft < 0) throw new PatchError("a hunk has more lines than its header says");
  }
  return { body, next: at };
}
