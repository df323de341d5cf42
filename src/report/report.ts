import type { FileReport } from "../fixes/fix.ts";
import type { Severity } from "../rules/finding.ts";

/** What every format is made from. */
export interface Report {
  readonly files: readonly FileReport[];
  /** Version of the product. */
  readonly version: string;
  /** Code scanning replaces an older upload of the same category; absent, there is one category for all. */
  readonly category?: string;
  /** Path as the reader is used to see it; formats for machines keep the repository's. */
  displayPath(path: string): string;
  /** Show the whole explanation of each finding, also where formats for people would leave it out. */
  readonly explains: boolean;
  /** The page of a rule. */
  rulePage(rule: string): string;
  /** All rules, for formats that list them. */
  readonly rules: readonly RuleSheet[];
}

interface RuleSheet {
  readonly name: string;
  readonly code: string;
  readonly severity: Severity;
  readonly summary: string;
}
