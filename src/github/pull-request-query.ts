/**
 * Everything a review has to know about a pull request before it looks at code, in one query: some 6,000 nodes at
 * most, which costs about 60 points of the 5,000 an hour.
 * https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
export const PULL_REQUEST_FIELDS = `
  number state merged isDraft title headRefOid baseRefOid headRefName baseRefName isCrossRepository
  author { login __typename }
  headRepository { nameWithOwner }
  labels(first: 50) { nodes { name } }
  commits(last: 1) { nodes { commit { oid author { name } checkSuites(first: 20, filterBy: { appId: $app }) { nodes {
    checkRuns(first: 20, filterBy: { checkName: $check, checkType: ALL }) { nodes {
      databaseId name externalId status annotations(first: 1) { totalCount }
    } }
  } } } } }
  reviews(first: 20, states: [PENDING]) { nodes { databaseId viewerDidAuthor } }
  reviewThreads(first: 50) { ...threads }
  comments(first: 50) { ...timeline }`;

/** Fragments of the query; its pages are read with the same ones. */
export const PULL_REQUEST_FRAGMENTS = `
fragment threads on PullRequestReviewThreadConnection {
  pageInfo { hasNextPage endCursor }
  nodes {
    id path line startLine isResolved viewerCanResolve viewerCanUnresolve
    first: comments(first: 1) { nodes { id fullDatabaseId body viewerDidAuthor isMinimized reactions(first: 5, content: THUMBS_DOWN) { nodes { user { login } } } } }
    recent: comments(last: 30) { nodes { body viewerDidAuthor } }
  }
}
fragment timeline on IssueCommentConnection {
  pageInfo { hasNextPage endCursor }
  nodes { id body viewerDidAuthor }
}`;

interface PageInfo {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

export interface ThreadNode {
  readonly id: string;
  readonly path: string;
  readonly line: number | null;
  readonly startLine: number | null;
  readonly isResolved: boolean;
  readonly viewerCanResolve: boolean;
  readonly viewerCanUnresolve: boolean;
  readonly first: { readonly nodes: readonly FirstComment[] };
  readonly recent: {
    readonly nodes: readonly { readonly body: string; readonly viewerDidAuthor: boolean }[];
  };
}

interface FirstComment {
  readonly id: string;
  /** A number as text: those of new comments do not fit into GraphQL's `Int`. */
  readonly fullDatabaseId: string | null;
  readonly body: string;
  readonly viewerDidAuthor: boolean;
  readonly isMinimized: boolean;
  readonly reactions: { readonly nodes: readonly { readonly user: { readonly login: string } | null }[] };
}

export interface TimelineNode {
  readonly id: string;
  readonly body: string;
  readonly viewerDidAuthor: boolean;
}

export interface Connection<Node> {
  readonly pageInfo: PageInfo;
  readonly nodes: readonly Node[];
}

export interface CheckRunNode {
  /** The REST API's id. The schema says `Int`; GitHub sends numbers beyond 32 bits (kachick/wait-other-jobs, src/snapshot.ts). */
  readonly databaseId: number | null;
  readonly name: string;
  readonly externalId: string | null;
  readonly status: string;
  readonly annotations: { readonly totalCount: number } | null;
}

export interface PullRequestNode {
  readonly number: number;
  readonly state: "OPEN" | "CLOSED" | "MERGED";
  readonly isDraft: boolean;
  readonly headRefOid: string;
  readonly baseRefOid: string;
  readonly headRefName: string;
  readonly baseRefName: string;
  readonly isCrossRepository: boolean;
  readonly author: { readonly login: string; readonly __typename: string } | null;
  readonly headRepository: { readonly nameWithOwner: string } | null;
  readonly labels: { readonly nodes: readonly { readonly name: string }[] } | null;
  readonly commits: {
    readonly nodes: readonly {
      readonly commit: {
        readonly oid: string;
        readonly author: { readonly name: string | null } | null;
        readonly checkSuites: {
          readonly nodes: readonly {
            readonly checkRuns: { readonly nodes: readonly CheckRunNode[] } | null;
          }[];
        } | null;
      };
    }[];
  };
  readonly reviews: {
    readonly nodes: readonly { readonly databaseId: number | null; readonly viewerDidAuthor: boolean }[];
  } | null;
  readonly reviewThreads: Connection<ThreadNode>;
  readonly comments: Connection<TimelineNode>;
}
