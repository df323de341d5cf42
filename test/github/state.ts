import type { GitStore } from "./git-store.ts";
import type { Permissions } from "./permissions.ts";

export interface RepositoryState {
  readonly id: number;
  owner: string;
  name: string;
  /** The installation that includes it; null where the App is not installed, as on most forks. */
  installationId: number | null;
  /** What it was forked from. */
  readonly parent: RepositoryState | null;
  isArchived: boolean;
  /** What people may do, by login; everybody else may read, because repositories are public here. */
  readonly people: Map<string, PermissionLevel>;
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

/** What somebody may do in a repository, as the endpoint for collaborators says it. */
export type PermissionLevel = "admin" | "write" | "read" | "none";

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
  /** What its owner agreed to: less than the App asks for, if the App came to ask for more. */
  permissions: Permissions;
  events: readonly string[];
  isSuspended: boolean;
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
  /** Login of whoever opened it. */
  readonly author: string;
  labels: readonly string[];
  /** How it was merged; null until then. */
  merge: MergeState | null;
  readonly reviews: ReviewState[];
  /** On lines, in the order in which they were written; also those of pending reviews. */
  readonly comments: CommentState[];
  /** In the timeline. */
  readonly timeline: TimelineCommentState[];
}

interface MergeState {
  readonly sha: string;
  /** Where the base branch stood before. */
  readonly baseSha: string;
  readonly by: string;
}

export interface ReviewState {
  readonly id: number;
  /** Login of whoever wrote it. */
  readonly author: string;
  body: string;
  /** A pending one is seen by its author only. */
  state: "COMMENTED" | "PENDING" | "APPROVED" | "CHANGES_REQUESTED";
  readonly commitId: string;
}

export interface ReactionState {
  readonly id: number;
  readonly user: string;
  /** As the REST API writes it: `+1`, `-1`, `eyes`, … */
  readonly content: string;
  readonly createdAt: string;
}

/** What comments in the timeline and on lines have in common. */
export interface AnyCommentState {
  readonly id: number;
  /** Login of whoever wrote it. */
  readonly author: string;
  readonly createdAt: string;
  body: string;
  /** Why it is hidden on the page, as GraphQL's classifier says it; null when it is not. */
  minimizedReason: string | null;
  readonly reactions: ReactionState[];
}

/** A comment in the timeline of a pull request. */
export interface TimelineCommentState extends AnyCommentState {
  readonly kind: "timeline";
}

/** What the comments of one place share. */
export interface ThreadState {
  /** GraphQL's id: REST does not know threads. */
  readonly id: string;
  isResolved: boolean;
  /** Login of the person who resolved it; null when nobody or a bot did. */
  resolvedBy: string | null;
}

/** A comment on lines of a pull request. */
export interface CommentState extends AnyCommentState {
  readonly kind: "review";
  reviewId: number;
  readonly thread: ThreadState;
  /** The comment that began the thread; null when it is this one. */
  readonly inReplyTo: number | null;
  readonly path: string;
  readonly side: "LEFT" | "RIGHT";
  readonly commitId: string;
  readonly originalLine: number;
  readonly originalStartLine: number | null;
  /** Where it stands now; null once its lines changed (outdated). */
  line: number | null;
  startLine: number | null;
}

export interface CheckRunState {
  readonly id: number;
  readonly name: string;
  readonly headSha: string;
  externalId: string;
  detailsUrl: string | null;
  status: "queued" | "in_progress" | "completed";
  conclusion: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  /** Buttons on the page. */
  actions: readonly CheckActionState[];
  readonly startedAt: string;
  annotations: AnnotationState[];
}

export interface CheckActionState {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
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
