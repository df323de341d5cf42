import type { Analyser } from "../analysis/analyser.ts";
import { overlayTree } from "../analysis/overlay-tree.ts";
import { repairTree } from "../analysis/repair-tree.ts";
import { diffTexts } from "../diff/diff-texts.ts";
import type { Diagnostic, FileReport } from "../fixes/fix.ts";
import { formatMarker, toMarker } from "../review/marker.ts";
import { findingsOf, type ReviewedFile } from "../review/plan-review.ts";
import type { AnalysedSource } from "./analysed-source.ts";

/** A change that is to be repaired. Plain data: it goes to another thread. */
export interface RepairInput extends AnalysedSource {
  /** The changed files with what was found in them. */
  readonly reviewed: readonly ReviewedFile[];
  /** Codes of the rules whose findings in a file are repaired, by path: those that the review tells of. */
  readonly codes: ReadonlyMap<string, readonly string[]>;
  /** Markers of findings that are left as they are, because people closed their threads. */
  readonly settled: ReadonlySet<string>;
  /** Why files must not be written, by path, as the end of a sentence. */
  readonly locked: ReadonlyMap<string, string>;
  /** Most bytes of all files together that are rewritten; files beyond are left as they are. */
  readonly maxBytes: number;
}

/** A finding that is gone after the repair. */
interface RepairedFinding {
  readonly path: string;
  /** Where it stood before. */
  readonly line: number;
  readonly code: string;
  readonly rule: string;
}

/** What the repairs come to. Plain data: it comes from another thread. */
export interface RepairedChange {
  /** Whole new contents by path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly repaired: readonly RepairedFinding[];
  /** Why files with repairs were left as they are, by path, as the end of a sentence. */
  readonly obstacles: ReadonlyMap<string, string>;
  /** Repairs that were not applied, as they would have led to other mistakes. */
  readonly leftOut: number;
}

const TOO_MUCH = "the change is too large for one commit";

/**
 * Applies every grade A repair of the findings that a change introduced, in its files only, and checks that nothing
 * new is found afterwards.
 */
export async function repairChange(
  analyser: Analyser,
  { paths, files, options = {}, reviewed, codes, settled, locked, maxBytes }: RepairInput,
): Promise<RepairedChange> {
  const tree = { paths, read: (path: string) => files.get(path) };
  const byPath = new Map(reviewed.map((file) => [file.path, file]));
  const checked = reviewed.map(({ path }) => path);
  let bytesLeft = maxBytes;

  /** The findings of a file as it is now, against the same file at the merge base. */
  function wanted(report: FileReport): Diagnostic[] {
    const file = byPath.get(report.path);
    if (file === undefined) return [];
    // GitHub's hunks are about the text that was reviewed, not about one that was repaired since.
    const hunks =
      report.text === file.head.text ? file.hunks : diffTexts(file.base?.text ?? "", report.text ?? "");
    return findingsOf([{ ...file, head: report, hunks }])
      .map(({ diagnostic }) => diagnostic)
      .filter(({ code, fix }) => fix?.grade === "A" && codes.get(report.path)?.includes(code) === true)
      .filter((one) => !settled.has(formatMarker(toMarker(report.path, one))));
  }

  // What was reviewed may be less than what was found: what is left out of it must not look new afterwards.
  const before = [...analyser.check(tree, checked, options).reports];
  const repairs = await repairTree(analyser, before, {
    tree,
    options,
    check: async (changed) => [
      ...analyser.check(
        overlayTree(tree, () => changed),
        checked,
        options,
      ).reports,
    ],
    wanted,
    obstacle(path, bytes) {
      const reason = locked.get(path) ?? (bytes.byteLength > bytesLeft ? TOO_MUCH : null);
      if (reason === null) bytesLeft -= bytes.byteLength;
      return reason;
    },
  });
  const left = repairs.reports.filter(({ path }) => !repairs.obstacles.has(path)).flatMap(wanted);
  return {
    files: new Map(repairs.files.map(({ path, after }) => [path, after])),
    repaired: before.flatMap((report) => goneFrom(wanted(report), report.path, repairs.reports)),
    obstacles: repairs.obstacles,
    leftOut: left.length,
  };
}

/** Those of the findings that the file no longer has; equal ones are counted. */
function goneFrom(
  findings: readonly Diagnostic[],
  path: string,
  reports: readonly FileReport[],
): RepairedFinding[] {
  const now = reports.find((report) => report.path === path)?.diagnostics ?? [];
  const counts = new Map<string, number>();
  for (const { fingerprint } of now) counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
  return findings.flatMap(({ fingerprint, location, code, rule }) => {
    const left = counts.get(fingerprint) ?? 0;
    counts.set(fingerprint, left - 1);
    return left > 0 ? [] : [{ path, line: location.line, code, rule }];
  });
}
