import type { BlockingAdjustment } from "../project/blocking-table.ts";
import type { Severity } from "../rules/finding.ts";
import type { RawSettings } from "./schema.ts";

/** What decides whether a pull request is reviewed. */
export interface ReviewedPull {
  readonly isDraft: boolean;
  /** The branch that it would be merged into. */
  readonly baseBranch: string;
  readonly labels: readonly string[];
  /** Null when the account is gone. A bot's login may end in `[bot]` or not: REST and GraphQL differ. */
  readonly author: { readonly login: string; readonly isBot: boolean } | null;
}

/** The settings in force: those of the configuration's files, and the defaults for what they do not say. */
export interface Settings {
  /** What was said, key by key. */
  readonly values: RawSettings;
  /** Where each key of `values` was said: `file:line`, or an option of the command line. */
  readonly origins: ReadonlyMap<keyof RawSettings, string>;
  /**
   * Codes of the rules that the analysis has to run: what is switched off still decides what the others say (one
   * finding for one expression), so what is not wanted is taken out of the reports afterwards.
   */
  readonly rules: readonly string[];
  /** Codes of the rules that are on for at least one file. */
  readonly selected: ReadonlySet<string>;
  /** Codes of the rules whose findings in a file are reported. */
  codesFor(path: string): ReadonlySet<string>;
  /** False for files that are not to be checked. */
  isIncluded(path: string): boolean;
  /** The severity that the configuration gives a rule; null where it leaves it. */
  severityOf(code: string): Severity | null;
  /** The least severity that makes the check run fail. */
  readonly failOn: "error" | "warning" | "never";
  /** Most inline comments of a review. */
  readonly maxComments: number;
  /** Null for a pull request that is to be reviewed, otherwise why it is not: a sentence, without anything of the pull request in it. */
  reviews(pull: ReviewedPull): string | null;
  /** What changes in the table of blocking calls; plain data, for the analysis. */
  readonly blockingCalls: BlockingAdjustment | undefined;
  /** Findings are uploaded to code scanning too. */
  readonly sarif: boolean;
}
