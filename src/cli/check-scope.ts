import type { ChangedBytes } from "../analysis/overlay-tree.ts";
import type { FileReport } from "../fixes/fix.ts";

/** What a command checks, and what it reports of that. */
export interface CheckScope {
  /** Codes of the rules that run. */
  readonly rules: readonly string[];
  /** Checks all files of the scope, some of them with other bytes than those on disk. */
  check(changed: ChangedBytes): Promise<FileReport[]>;
  /** Leaves the findings of a report that are to be reported. */
  keep(report: FileReport): FileReport;
}
