import type { FileChanges } from "../../test/github/git-store.ts";

/** What happens on a pull request after its first review. */
export type Step =
  /** The page's button, for the first `count` suggestions in one commit. */
  | { readonly kind: "commit suggestions"; readonly count: number }
  | { readonly kind: "push"; readonly files: FileChanges }
  /** The branch starts anew from the base branch, with these files. */
  | { readonly kind: "force push"; readonly files: FileChanges }
  | { readonly kind: "re-run" }
  /** GitHub delivers its first webhook about the pull request once more. */
  | { readonly kind: "redeliver" };

/** A pull request and its life, as data. */
export interface Scenario {
  readonly name: string;
  readonly base: FileChanges;
  readonly change: FileChanges;
  /** The change stands in a fork, where the App is not installed and maintainers may push. */
  readonly isFork?: boolean;
  /** Requests are counted for the last one alone; without any, for the first review. */
  readonly steps: readonly Step[];
}

/** What one scenario came to. */
export interface Outcome {
  readonly name: string;
  /** Requests by operation of GitHub's description, in the order in which they were first made. */
  readonly requests: ReadonlyMap<string, number>;
  /** Our comments on lines that stand on the pull request at the end. */
  readonly comments: number;
  readonly applied: number;
  /** Conclusion and title of the check run on the last head. */
  readonly result: string;
}
