import type { FileChanges } from "../../test/github/git-store.ts";
import type { Permissions } from "../../test/github/permissions.ts";

/** What happens on a pull request after its first review. */
export type Step =
  /** The page's button, for the first `count` suggestions in one commit. */
  | { readonly kind: "commit suggestions"; readonly count: number }
  | { readonly kind: "push"; readonly files: FileChanges }
  /** The branch starts anew from the base branch, with these files. */
  | { readonly kind: "force push"; readonly files: FileChanges }
  | { readonly kind: "push to the base"; readonly files: FileChanges }
  /** The branch is put on the base branch as it is now, with its own files. */
  | { readonly kind: "rebase" }
  | { readonly kind: "re-run" }
  /** GitHub delivers its first webhook about the pull request once more. */
  | { readonly kind: "redeliver" }
  /** Somebody with write access writes in the timeline. */
  | { readonly kind: "comment"; readonly body: string }
  /** Somebody with write access presses "Apply fixes" in the check run. */
  | { readonly kind: "press" }
  | { readonly kind: "close" }
  /** "Merge when ready": what is looked at afterwards is the queue's own commit. */
  | { readonly kind: "merge queue" };

/** A pull request and its life, as data. */
export interface Scenario {
  readonly name: string;
  readonly base: FileChanges;
  readonly change: FileChanges;
  /** The change stands in a fork, where the App is not installed and maintainers may push. */
  readonly isFork?: boolean;
  /** The branch is pushed, and no pull request is opened. */
  readonly isPushOnly?: boolean;
  /** What the installation grants, where it is not everything that Yieldsign makes use of. */
  readonly permissions?: Permissions;
  /** Files of the owner's repository `.github`. */
  readonly organisation?: FileChanges;
  /** GitHub asks to wait for two seconds when the first request arrives. */
  readonly limit?: "primary" | "secondary";
  /** Requests are counted for the last one alone; without any, for the first review. */
  readonly steps?: readonly Step[];
  /** Happens when the first request of an operation arrives, in what is counted. */
  readonly meanwhile?: { readonly asked: string; readonly step: Step };
  readonly expected: Expected;
}

/** What a scenario claims; where it does not come out, the script fails. */
export interface Expected {
  /** Conclusion and title of the newest check run on the last head. */
  readonly result: string;
  /** Threads of ours at the end. */
  readonly comments: number;
  /** Comments of ours in the timeline at the end; none by default. */
  readonly timeline?: number;
  /** As in the table; none by default. */
  readonly threads?: string;
  /** Suggestions or repairs that were committed. */
  readonly applied?: number;
  /** Most requests. */
  readonly requests: number;
  /** Words of the check run's summary. */
  readonly says?: string;
  /** Uploads to code scanning. */
  readonly uploads?: number;
}

/** What one scenario came to. */
export interface Outcome {
  readonly name: string;
  /** Requests by operation, in the order of their names. */
  readonly requests: ReadonlyMap<string, number>;
  readonly comments: number;
  readonly timeline: number;
  /** Changes of threads and of comments, as in `2 × reply, 2 × resolve`. */
  readonly threads: string;
  readonly applied: number;
  readonly result: string;
}
