import type { CheckOptions } from "../analysis/analyser.ts";
import type { ChangedBytes } from "../analysis/overlay-tree.ts";
import type { FileReport } from "../fixes/fix.ts";

/** What a command checks, and what it reports of that. */
export interface CheckScope {
  /** What every check of the scope is told. */
  readonly options: CheckOptions;
  /** Checks all files of the scope, some of them with other bytes than those on disk. */
  check(changed: ChangedBytes): Promise<FileReport[]>;
  /** Leaves the findings of a report that are to be reported. */
  keep(report: FileReport): FileReport;
}
