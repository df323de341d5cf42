import { resolve } from "node:path";
import type { Analyser } from "../analysis/analyser.ts";
import { type RepairedFile, repairTree } from "../analysis/repair-tree.ts";
import type { Diagnostic, FileReport } from "../fixes/fix.ts";
import { unifiedDiff } from "../report/unified-diff.ts";
import type { CheckScope } from "./check-scope.ts";
import type { RepairMode } from "./repair-options.ts";
import { replaceFile, whyNotReplaceable } from "./replace-file.ts";
import type { Targets } from "./targets.ts";

/** What became of the repairs. */
export interface AppliedRepairs {
  /** What is found in the files as they are (or would be) now. */
  readonly reports: readonly FileReport[];
  readonly changedFiles: number;
  /** The change as a diff, relative to the current folder. */
  readonly diff: string;
  /** Why files that could be repaired were left as they are, by path, as the end of a sentence. */
  readonly obstacles: ReadonlyMap<string, string>;
}

/** Repairs files in memory and then on disk, or shows what would be written. */
export async function applyRepairs(
  analyser: Analyser,
  found: readonly FileReport[],
  request: {
    readonly mode: RepairMode;
    readonly scope: CheckScope;
    readonly targets: Pick<Targets, "root" | "tree" | "displayPath">;
    keep(reports: readonly FileReport[]): readonly FileReport[];
  },
): Promise<AppliedRepairs> {
  const { mode, scope, targets, keep } = request;
  const { root, tree, displayPath } = targets;
  const isAsked = ({ fix }: Diagnostic): boolean => fix !== null && mode.grades.includes(fix.grade);
  const repairs = await repairTree(analyser, found, {
    tree,
    options: scope.options,
    check: scope.check,
    wanted(report) {
      if (!report.diagnostics.some(isAsked)) return [];
      return keep([report]).flatMap(({ diagnostics }) => diagnostics.filter(isAsked));
    },
    obstacle: (path, bytes) => whyNotReplaceable(root, path, bytes, mode.isDry),
  });
  const obstacles = new Map(repairs.obstacles);
  const written = mode.isDry ? repairs.files : repairs.files.filter((file) => write(root, file, obstacles));
  const isPartial = written.length < repairs.files.length;
  const bytes = new Map(written.map(({ path, after }) => [path, after]));
  return {
    // What was found rests on all files that were to be written.
    reports: isPartial ? await scope.check(bytes) : repairs.reports,
    changedFiles: written.length,
    diff: mode.isDry ? written.map((file) => diffOf(displayPath(file.path), file)).join("") : "",
    obstacles,
  };
}

function write(root: string, { path, before, after }: RepairedFile, obstacles: Map<string, string>): boolean {
  const reason = replaceFile(resolve(root, path), before, after);
  if (reason !== null) obstacles.set(path, reason);
  return reason === null;
}

function diffOf(path: string, { before, after }: RepairedFile): string {
  const text = (bytes: Uint8Array): string => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  return unifiedDiff(path, text(before), text(after));
}
