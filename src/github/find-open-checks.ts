import { CHECK_NAME } from "./check-runs.ts";
import type { GitHubClient, Repository } from "./client.ts";
import { toGitHubError } from "./github-error.ts";

/** A check run of ours that is not completed, and where its commit is a head now. */
export interface OpenCheck {
  readonly id: number;
  /** The job's key. */
  readonly externalId: string;
  readonly headSha: string;
  /** Milliseconds since 1970; 0 if GitHub does not say. */
  readonly startedAt: number;
  /** Open pull requests with this head, without drafts. */
  readonly pulls: readonly number[];
  /** Branches of the repository with this head. */
  readonly branches: readonly string[];
  /** The first parent of the commit, or null. */
  readonly parent: string | null;
}

const PULLS = 50;
const BRANCHES = 20;

/**
 * Heads with their check runs: some 10,000 nodes at most. GitHub documents the order for tags only, so the default branch
 * is asked for by itself.
 * https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
const QUERY = `query OpenChecks($owner: String!, $name: String!, $app: Int!, $check: String!) {
  repository(owner: $owner, name: $name) {
    defaultBranchRef { ...branch }
    pullRequests(first: ${PULLS}, states: [OPEN], orderBy: { field: UPDATED_AT, direction: DESC }) {
      nodes { number isDraft commits(last: 1) { nodes { commit { ...checks } } } }
    }
    refs(refPrefix: "refs/heads/", first: ${BRANCHES}, orderBy: { field: TAG_COMMIT_DATE, direction: DESC }) {
      nodes { ...branch }
    }
  }
}
fragment branch on Ref { name target { ...checks } }
fragment checks on Commit {
  oid
  parents(first: 1) { nodes { oid } }
  checkSuites(first: 5, filterBy: { appId: $app }) { nodes {
    checkRuns(first: 20, filterBy: { checkName: $check }) { nodes { databaseId externalId status startedAt } }
  } }
}`;

interface CommitNode {
  /** Absent when the reference is no commit. */
  readonly oid?: string;
  readonly parents?: { readonly nodes: readonly { readonly oid: string }[] };
  readonly checkSuites?: {
    readonly nodes: readonly { readonly checkRuns: { readonly nodes: readonly RunNode[] } | null }[];
  } | null;
}

interface RunNode {
  readonly databaseId: number | null;
  readonly externalId: string | null;
  readonly status: string;
  readonly startedAt: string | null;
}

interface BranchNode {
  readonly name: string;
  readonly target: CommitNode | null;
}

interface PullNode {
  readonly number: number;
  readonly isDraft: boolean;
  readonly commits: { readonly nodes: readonly { readonly commit: CommitNode }[] };
}

interface Answer {
  readonly repository: {
    readonly defaultBranchRef: BranchNode | null;
    readonly pullRequests: { readonly nodes: readonly PullNode[] };
    readonly refs: { readonly nodes: readonly BranchNode[] } | null;
  } | null;
}

/** Where a commit is a head. */
interface Head {
  readonly commit: CommitNode;
  readonly pulls: number[];
  readonly branches: string[];
}

/** Finds, in one request, our check runs that are not completed on heads of open pull requests and of branches. */
export async function findOpenChecks(
  client: GitHubClient,
  { owner, repo }: Repository,
  appId: number,
): Promise<OpenCheck[]> {
  let answer: Answer;
  try {
    answer = await client.graphql<Answer>(QUERY, { owner, name: repo, app: appId, check: CHECK_NAME });
  } catch (error) {
    throw toGitHubError(error);
  }
  return openChecks(headsOf(answer.repository));
}

function headsOf(repository: Answer["repository"]): Head[] {
  const heads = new Map<string, Head>();
  const headOf = (commit: CommitNode | null | undefined): Head | null => {
    if (commit?.oid === undefined) return null;
    const head = heads.get(commit.oid) ?? { commit, pulls: [], branches: [] };
    heads.set(commit.oid, head);
    return head;
  };
  for (const { number, isDraft, commits } of repository?.pullRequests.nodes ?? []) {
    const head = headOf(commits.nodes[0]?.commit);
    if (!isDraft) head?.pulls.push(number);
  }
  const branches = [repository?.defaultBranchRef ?? null, ...(repository?.refs?.nodes ?? [])];
  for (const branch of branches) {
    const head = headOf(branch?.target);
    if (branch !== null && head?.branches.includes(branch.name) === false) head.branches.push(branch.name);
  }
  return [...heads.values()];
}

function openChecks(heads: readonly Head[]): OpenCheck[] {
  return heads.flatMap(({ commit, pulls, branches }) => {
    const runs = (commit.checkSuites?.nodes ?? []).flatMap(({ checkRuns }) => checkRuns?.nodes ?? []);
    return runs
      .filter(({ status, databaseId }) => status !== "COMPLETED" && databaseId !== null)
      .map(({ databaseId, externalId, startedAt }) => ({
        id: databaseId ?? 0,
        externalId: externalId ?? "",
        headSha: commit.oid ?? "",
        startedAt: startedAt === null ? 0 : Date.parse(startedAt),
        pulls,
        branches,
        parent: commit.parents?.nodes[0]?.oid ?? null,
      }));
  });
}
