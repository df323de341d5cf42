import { readAnswered } from "../review/answer-marker.ts";
import { type IgnoredRule, readIgnored } from "../review/ignored.ts";
import { findMarkers, lastThreadMark, SUMMARY_MARKER } from "../review/marker.ts";
import type { KnownSummary } from "../review/plan-summary.ts";
import type { Thread } from "../review/thread.ts";
import { CHECK_NAME, type KnownCheckRun } from "./check-runs.ts";
import type { GitHubClient, Repository } from "./client.ts";
import { GitHubError, toGitHubError } from "./github-error.ts";
import {
  type CheckRunNode,
  type Connection,
  PULL_REQUEST_FIELDS,
  PULL_REQUEST_FRAGMENTS,
  type PullRequestNode,
  type ThreadNode,
  type TimelineNode,
} from "./pull-request-query.ts";

/** A pull request and what we have said on it, as GitHub has it now. */
export interface PullRequestState {
  readonly number: number;
  readonly isOpen: boolean;
  readonly isDraft: boolean;
  readonly headSha: string;
  readonly headBranch: string;
  readonly baseSha: string;
  readonly baseBranch: string;
  /** The head lies in another repository, which we cannot write to. */
  readonly isFork: boolean;
  /** Null when the account is gone. */
  readonly author: { readonly login: string; readonly isBot: boolean } | null;
  readonly labels: readonly string[];
  /** The head is a commit that we made. */
  readonly isOwnHead: boolean;
  /** Our threads, in the order in which they were begun. */
  readonly threads: readonly Thread[];
  readonly summary: KnownSummary | null;
  /** Rules that were switched off here by a command; our answers say so. */
  readonly ignored: readonly IgnoredRule[];
  /** Comments with a command that we have answered; numbers of the REST API. */
  readonly answered: readonly number[];
  /** Reviews of ours that were never submitted: they would make GitHub refuse the next one. */
  readonly pendingReviews: readonly number[];
  /** Our check runs on the head. */
  readonly checkRuns: readonly KnownCheckRun[];
}

/** A part of the query that somebody else reads: fields of `Repository` and further root fields. */
export interface QueryExtension {
  readonly repositoryFields: string;
  readonly rootFields: string;
  /** Fragments and the like. */
  readonly definitions: string;
  readonly variables: Readonly<Record<string, { readonly type: string; readonly value: unknown }>>;
}

/** The state, and the whole data of the query for whoever extended it; null when there is no such pull request. */
export interface ReadState {
  readonly state: PullRequestState;
  readonly data: unknown;
}

interface StateData {
  readonly viewer?: { readonly login: string };
  readonly repository?: { readonly pullRequest?: PullRequestNode | null } | null;
}

const NOTHING: QueryExtension = { repositoryFields: "", rootFields: "", definitions: "", variables: {} };

/**
 * Reads a pull request with our threads, our comment in the timeline, our pending reviews and our check runs: one
 * request, and one more for each further page of threads or comments.
 * @throws GitHubError; with status 404 when there is no such pull request.
 */
export async function readPullRequestState(
  client: GitHubClient,
  { owner, repo }: Repository,
  number: number,
  appId: number,
  extension: QueryExtension = NOTHING,
): Promise<ReadState> {
  const more = Object.entries(extension.variables);
  const declared = more.map(([name, { type }]) => `, $${name}: ${type}`).join("");
  const query = `query PullRequestState($owner: String!, $name: String!, $number: Int!, $app: Int!, $check: String!${declared}) {
  viewer { login }
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) { ${PULL_REQUEST_FIELDS} }
    ${extension.repositoryFields}
  }
  ${extension.rootFields}
}
${PULL_REQUEST_FRAGMENTS}
${extension.definitions}`;
  const variables = Object.fromEntries(more.map(([name, { value }]) => [name, value]));
  const data = await ask<StateData>(client, query, {
    owner,
    name: repo,
    number,
    app: appId,
    check: CHECK_NAME,
    ...variables,
  });
  const pull = data.repository?.pullRequest;
  if (pull == null) throw new GitHubError(`there is no pull request ${number}`, 404, null);
  const read = pageReader(client, { owner, repo }, number);
  const threads = await allNodes(pull.reviewThreads, (after) =>
    read<ThreadNode>("reviewThreads", "threads", after),
  );
  const timeline = await allNodes(pull.comments, (after) =>
    read<TimelineNode>("comments", "timeline", after),
  );
  return { state: toState(pull, threads, timeline, data.viewer?.login ?? ""), data };
}

/**
 * Data that arrived beside errors counts if they only say that something is not there or not for us; after any other
 * error what is missing may be there.
 */
async function ask<Data>(
  client: GitHubClient,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<Data> {
  try {
    return await client.graphql<Data>(query, variables);
  } catch (error) {
    const { data, errors = [] } = (error ?? {}) as {
      data?: Data & StateData;
      errors?: readonly { readonly type?: string }[];
    };
    const isHarmless = errors.every(({ type }) => type === "NOT_FOUND" || type === "FORBIDDEN");
    if (isHarmless && data?.repository?.pullRequest != null) return data;
    throw toGitHubError(error);
  }
}

function pageReader(client: GitHubClient, { owner, repo }: Repository, number: number) {
  return async <Node>(
    field: "reviewThreads" | "comments",
    fragment: string,
    after: string,
  ): Promise<Connection<Node>> => {
    const definition = PULL_REQUEST_FRAGMENTS.slice(
      PULL_REQUEST_FRAGMENTS.indexOf(`fragment ${fragment} on`),
    );
    const end = definition.indexOf("\n}");
    const query = `query PullRequestPage($owner: String!, $name: String!, $number: Int!, $after: String!) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) { page: ${field}(first: 100, after: $after) { ...${fragment} } }
  }
}
${definition.slice(0, end + 2)}`;
    const data = await ask<{ repository: { pullRequest: { page: Connection<Node> } } }>(client, query, {
      owner,
      name: repo,
      number,
      after,
    });
    return data.repository.pullRequest.page;
  };
}

async function allNodes<Node>(
  first: Connection<Node>,
  next: (after: string) => Promise<Connection<Node>>,
): Promise<Node[]> {
  const nodes = [...first.nodes];
  for (let { pageInfo } = first; pageInfo.hasNextPage && pageInfo.endCursor !== null; ) {
    const page = await next(pageInfo.endCursor);
    nodes.push(...page.nodes);
    pageInfo = page.pageInfo;
  }
  return nodes;
}

function toState(
  pull: PullRequestNode,
  threads: readonly ThreadNode[],
  timeline: readonly TimelineNode[],
  login: string,
): PullRequestState {
  const summary = timeline.find((one) => one.viewerDidAuthor && one.body.startsWith(SUMMARY_MARKER));
  const [last] = pull.commits.nodes;
  const commit = last?.commit.oid === pull.headRefOid ? last.commit : null;
  const own = [...timeline, ...threads.flatMap(({ recent }) => recent.nodes)].filter(
    ({ viewerDidAuthor }) => viewerDidAuthor,
  );
  const suites = commit?.checkSuites?.nodes ?? [];
  const pending = pull.reviews?.nodes ?? [];
  return {
    number: pull.number,
    isOpen: pull.state === "OPEN",
    isDraft: pull.isDraft,
    headSha: pull.headRefOid,
    headBranch: pull.headRefName,
    baseSha: pull.baseRefOid,
    baseBranch: pull.baseRefName,
    isFork: pull.isCrossRepository,
    author:
      pull.author === null ? null : { login: pull.author.login, isBot: pull.author.__typename === "Bot" },
    labels: (pull.labels?.nodes ?? []).map(({ name }) => name),
    isOwnHead: commit !== null && login !== "" && commit.author?.name === login,
    threads: threads.flatMap(toThread),
    summary: summary === undefined ? null : { commentId: summary.id, body: summary.body },
    ignored: own.flatMap(({ body }) => readIgnored(body)),
    answered: own.flatMap(({ body }) => readAnswered(body)),
    pendingReviews: pending.flatMap(({ databaseId, viewerDidAuthor }) =>
      viewerDidAuthor && databaseId !== null ? [databaseId] : [],
    ),
    checkRuns: suites.flatMap(({ checkRuns }) => (checkRuns?.nodes ?? []).flatMap(toCheckRun)),
  };
}

/** A thread is ours when its first comment is, and tells of a finding. */
function toThread(node: ThreadNode): Thread[] {
  const [first] = node.first.nodes;
  if (first?.viewerDidAuthor !== true || findMarkers(first.body).length === 0) return [];
  const recent = node.recent.nodes;
  const own = recent.filter(({ viewerDidAuthor }) => viewerDidAuthor).map(({ body }) => body);
  return [
    {
      id: node.id,
      commentId: first.id,
      rootId: Number(first.fullDatabaseId ?? 0),
      path: node.path,
      line: node.line,
      startLine: node.startLine,
      body: first.body.replaceAll("\r\n", "\n"),
      isResolved: node.isResolved,
      isMinimized: first.isMinimized,
      hasReplies: recent.some(({ viewerDidAuthor }) => !viewerDidAuthor),
      mark: lastThreadMark([first.body, ...own]),
      dislikedBy: first.reactions.nodes.flatMap(({ user }) => (user === null ? [] : [user.login])),
      canResolve: node.isResolved ? node.viewerCanUnresolve : node.viewerCanResolve,
    },
  ];
}

function toCheckRun({ databaseId, externalId, status, annotations }: CheckRunNode): KnownCheckRun[] {
  if (databaseId === null) return [];
  return [
    {
      id: databaseId,
      externalId: externalId ?? "",
      isCompleted: status === "COMPLETED",
      annotations: annotations?.totalCount ?? 0,
    },
  ];
}
