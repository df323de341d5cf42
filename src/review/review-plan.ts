/** What is to be said on GitHub about one head commit. Plain data: tests compare it literally. */
export interface ReviewPlan {
  readonly headSha: string;
  /** Null when there is nothing new to say on lines. */
  readonly review: PlannedReview | null;
  readonly check: PlannedCheck;
}

/** One review with `event: COMMENT`. */
export interface PlannedReview {
  readonly body: string;
  readonly comments: readonly PlannedComment[];
}

/** A comment on the RIGHT side of the diff. */
export interface PlannedComment {
  readonly path: string;
  /** Last line, 1-based, in the head version of the file. */
  readonly line: number;
  /** First line, always below `line`; null for a comment on one line. */
  readonly startLine: number | null;
  readonly body: string;
  /** Identities of the findings in it; each stands in the body as a hidden marker. */
  readonly identities: readonly string[];
}

/** The check run on the head commit. */
export interface PlannedCheck {
  readonly conclusion: "success" | "neutral" | "failure";
  readonly title: string;
  readonly summary: string;
  readonly text: string | null;
  readonly annotations: readonly PlannedAnnotation[];
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
