import type { FileReport } from "../fixes/fix.ts";
import type { BlockingAdjustment } from "../project/blocking-table.ts";

/** The bytes of a file; `id` is equal only for equal bytes (a blob SHA), or the path where nothing better is known. */
export interface SourceFile {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** A file that pins versions of libraries. */
export interface Manifest {
  readonly path: string;
  readonly text: string;
}

/** A state of a repository as the analysis sees it. */
export interface SourceTree {
  /** All paths of the tree that end in `.py`, `.pyi` or `.ipynb`, relative to the root, with forward slashes. */
  readonly paths: readonly string[];
  /** The file at one of `paths`, or undefined while it is not at hand (it is then named in `missing`). */
  read(path: string): SourceFile | undefined;
  /** Lock files and the like at the root, for the versions of libraries; lock files first. */
  manifests?(): readonly Manifest[];
  /** Every file can be read at once (a working tree), so that the whole repository may be scanned. */
  readonly isAtHand?: boolean;
}

export interface CheckResult {
  readonly reports: readonly FileReport[];
  /**
   * Files that resolution wanted and `read` did not have. With them at hand, checking again may find more;
   * without them the result is still right, only quieter.
   */
  readonly missing: readonly string[];
}

/** What a check may be told; by default the rules that are on by default run. */
export interface CheckOptions {
  /** Codes of exactly the rules that run. */
  readonly rules?: readonly string[] | undefined;
  /** Report suppressions that silence nothing, too. */
  readonly warnsUnusedIgnores?: boolean | undefined;
  /** What the project's configuration changes in the table of blocking calls. */
  readonly blockingCalls?: BlockingAdjustment | undefined;
  /** Hears of each report as soon as it is done. */
  readonly onReport?: ((report: FileReport) => void) | undefined;
}

/** Checks files of a source tree. Keeps what it learnt about a file by the file's id, so asking again is cheap. */
export interface Analyser {
  /** Checks files with what is resolved for one another. */
  check(tree: SourceTree, paths: readonly string[], options?: CheckOptions): CheckResult;
}
