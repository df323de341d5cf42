import type { ThreadOperation } from "./thread.ts";

/** What is to be said on GitHub about one head commit. Plain data: tests compare it literally. */
export interface ReviewPlan {
  readonly headSha: string;
  /** What changes in the threads that are there, in order; made before the review is posted. */
  readonly threads: readonly ThreadOperation[];
  /** Threads are folded that would be resolved, if our permissions allowed it. */
  readonly isFolding: boolean;
  /** Null when there is nothing new to say on lines. */
  readonly review: PlannedReview | null;
  /** Null when the comment in the timeline stays as it is, or is not needed. */
  readonly summary: SummaryOperation | null;
  readonly check: PlannedCheck;
}

/** One review with `event: COMMENT`. */
export interface PlannedReview {
  readonly body: string;
  readonly comments: readonly PlannedComment[];
}

/** A comment on the RIGHT side of the diff. The findings in it stand in its body as hidden markers. */
export interface PlannedComment {
  readonly path: string;
  /** Last line, 1-based, in the head version of the file. */
  readonly line: number;
  /** First line, always below `line`; null for a comment on one line. */
  readonly startLine: number | null;
  readonly body: string;
}

/** The one comment in the timeline: written once, then edited. `commentId` is GitHub's node id. */
export type SummaryOperation =
  | { readonly kind: "create"; readonly body: string }
  | { readonly kind: "update"; readonly commentId: string; readonly body: string };

/** The check run on the head commit. */
export interface PlannedCheck {
  readonly conclusion: "success" | "neutral" | "failure" | "skipped";
  readonly title: string;
  readonly summary: string;
  readonly text: string | null;
  readonly annotations: readonly PlannedAnnotation[];
  /** Buttons on the check run's page; at most three. */
  readonly actions: readonly PlannedAction[];
}

/** A button: GitHub allows 20 characters for label and identifier, 40 for the description. */
export interface PlannedAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

export interface PlannedAnnotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  /** 1-based; null when the annotation spans several lines (GitHub's rule). */
  readonly startColumn: number | null;
  readonly endColumn: number | null;
  readonly level: "notice" | "warning" | "failure";
  readonly title: string;
  readonly message: string;
  readonly rawDetails: string | null;
}
