import type { Hunk } from "./hunk.ts";

/** The hunk in which a line of the new file can be commented on (added and context lines), or null. */
export function hunkAt(hunks: readonly Hunk[], newLine: number): Hunk | null {
  return hunks.find((hunk) => newLine >= hunk.newStart && newLine < hunk.newStart + hunk.newLines) ?? null;
}

/** Lines of the new file that the diff adds or changes. */
export function addedLines(hunks: readonly Hunk[]): Set<number> {
  const added = new Set<number>();
  for (const { lines } of hunks)
    for (const line of lines) if (line.kind === "+" && line.newLine !== null) added.add(line.newLine);
  return added;
}

/** The line of the new file that an old line became, or null when it was removed. */
export function mapLine(hunks: readonly Hunk[], oldLine: number): number | null {
  let shift = 0;
  for (const hunk of hunks) {
    // An empty side starts after its number: `@@ -3,0 +4,2 @@` inserts behind line 3.
    const oldFirst = hunk.oldLines === 0 ? hunk.oldStart + 1 : hunk.oldStart;
    if (oldLine < oldFirst) break;
    if (oldLine < oldFirst + hunk.oldLines) {
      return hunk.lines.find((line) => line.oldLine === oldLine)?.newLine ?? null;
    }
    shift += hunk.newLines - hunk.oldLines;
  }
  return oldLine + shift;
}

/** True when no removed line stands between the given lines of the new file, in one hunk. */
export function isUnbroken(hunks: readonly Hunk[], first: number, last: number): boolean {
  const hunk = hunkAt(hunks, first);
  if (hunk === null || hunkAt(hunks, last) !== hunk) return false;
  const from = hunk.lines.findIndex((line) => line.newLine === first);
  const to = hunk.lines.findIndex((line) => line.newLine === last);
  return from !== -1 && to !== -1 && hunk.lines.slice(from, to + 1).every((line) => line.kind !== "-");
}
