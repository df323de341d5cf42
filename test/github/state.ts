import type { GitStore } from "./git-store.ts";

export interface RepositoryState {
  readonly id: number;
  owner: string;
  name: string;
  /** The installation that includes it; null where the App is not installed, as on most forks. */
  installationId: number | null;
  /** What it was forked from. */
  readonly parent: RepositoryState | null;
  isArchived: boolean;
  readonly sarifs: SarifState[];
  readonly defaultBranch: string;
  readonly git: GitStore;
  readonly pulls: Map<number, PullState>;
  readonly checkRuns: CheckRunState[];
  /** Blobs that GitHub does not find any more. */
  readonly lostBlobs: Set<string>;
  /** Blobs for which GraphQL answers an error beside the data of the others. */
  readonly failingBlobs: Set<string>;
  /** Entries of a recursive tree listing before it is truncated. */
  treeLimit: number;
}

/** One upload to code scanning, read as far as GitHub reads it. */
interface SarifState {
  readonly id: string;
  readonly commitSha: string;
  readonly ref: string;
  readonly log: unknown;
  /** Why GitHub's processing failed; empty when it went well. */
  readonly errors: readonly string[];
}

/** An account that installed the App. */
export interface InstallationState {
  readonly id: number;
  readonly account: string;
}

export interface PullState {
  readonly number: number;
  /** Where the head branch lives; null once that repository, a fork, is deleted. */
  headRepository: RepositoryState | null;
  readonly headOwner: string;
  readonly canMaintainersModify: boolean;
  readonly headBranch: string;
  baseBranch: string;
  title: string;
  isOpen: boolean;
  isDraft: boolean;
  readonly reviews: ReviewState[];
  readonly comments: CommentState[];
}

export interface ReviewState {
  readonly id: number;
  readonly body: string;
  readonly state: "COMMENTED" | "PENDING" | "APPROVED" | "CHANGES_REQUESTED";
  readonly commitId: string;
}

export interface CommentState {
  readonly id: number;
  readonly reviewId: number;
  readonly path: string;
  readonly side: "LEFT" | "RIGHT";
  readonly commitId: string;
  readonly originalLine: number;
  readonly originalStartLine: number | null;
  /** Where it stands now; null once its lines changed (outdated). */
  line: number | null;
  startLine: number | null;
  body: string;
  isResolved: boolean;
}

export interface CheckRunState {
  readonly id: number;
  readonly name: string;
  readonly headSha: string;
  externalId: string;
  status: "queued" | "in_progress" | "completed";
  conclusion: string | null;
  title: string | null;
  summary: string | null;
  annotations: AnnotationState[];
}

export interface AnnotationState {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: string;
  readonly message: string;
  readonly title?: string;
}

/** GitHub refuses a request: status and words. */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: readonly unknown[] | null;

  constructor(status: number, message: string, errors: readonly unknown[] | null = null) {
    super(message);
    this.status = status;
    this.errors = errors;
  }
}
