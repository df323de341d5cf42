import type { Hunk } from "../diff/hunk.ts";
import { addedLines, mapLine } from "../diff/lines.ts";
import type { Diagnostic, FileReport } from "../fixes/fix.ts";

/**
 * The findings of the head that the base does not have. Equal findings are counted: of three where the base has
 * two, one is introduced, preferably on a line that the diff touched, then where no old finding moved to.
 */
export function introducedDiagnostics(
  head: FileReport,
  base: FileReport | null,
  hunks: readonly Hunk[],
): Diagnostic[] {
  const known = new Map<string, Diagnostic[]>();
  for (const one of base?.diagnostics ?? [])
    known.set(one.fingerprint, [...(known.get(one.fingerprint) ?? []), one]);
  const groups = new Map<string, Diagnostic[]>();
  for (const one of head.diagnostics)
    groups.set(one.fingerprint, [...(groups.get(one.fingerprint) ?? []), one]);
  const added = addedLines(hunks);
  const introduced = new Set<Diagnostic>();
  for (const [fingerprint, group] of groups) {
    const old = known.get(fingerprint) ?? [];
    const oldLines = new Set(old.map(({ location }) => mapLine(hunks, location.line)));
    const rank = ({ location }: Diagnostic): number => {
      if (added.has(location.line)) return 0;
      return oldLines.has(location.line) ? 2 : 1;
    };
    const ranked = [...group].sort((a, b) => rank(a) - rank(b));
    for (const one of ranked.slice(0, Math.max(0, group.length - old.length))) introduced.add(one);
  }
  return head.diagnostics.filter((one) => introduced.has(one));
}
