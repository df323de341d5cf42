import type { GitHubClient, Repository } from "./client.ts";
import { GitHubError, toGitHubError } from "./github-error.ts";

/** A commit on top of a branch. */
export interface NewCommit {
  readonly branch: string;
  /** The commit that the branch has to point to. */
  readonly headSha: string;
  readonly headline: string;
  readonly body: string;
  /** Whole new contents by path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** What became of it. */
export type CommitOutcome =
  | { readonly kind: "committed"; readonly sha: string }
  /** The branch points to another commit by now. */
  | { readonly kind: "stale" }
  /** The installation may not write contents, or not there. */
  | { readonly kind: "not permitted" }
  /** A rule of the repository forbids it; GitHub's words. */
  | { readonly kind: "refused"; readonly message: string };

/**
 * Most bytes of contents in one commit. GitHub documents no limit for the mutation; they go in base64 in one request,
 * and with this one it stays well under the 10 s after which GitHub ends a request.
 * https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api#timeouts
 */
export const MAX_COMMIT_BYTES = 4_000_000;

const MUTATION = `mutation ApplyRepairs($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } }
}`;

interface ResponseErrors {
  readonly errors: readonly { readonly type?: string; readonly message: string }[];
}

/**
 * Commits files on a branch, signed by GitHub and with the App as author. Never repeated by the client: whoever
 * repeats looks at the branch first.
 * @throws GitHubError when it is not known whether the commit was made, or trying again later may help.
 */
export async function createCommit(
  client: GitHubClient,
  { owner, repo }: Repository,
  { branch, headSha, headline, body, files }: NewCommit,
): Promise<CommitOutcome> {
  const input = {
    branch: { repositoryNameWithOwner: `${owner}/${repo}`, branchName: branch },
    expectedHeadOid: headSha,
    message: { headline, body },
    fileChanges: {
      additions: [...files].map(([path, bytes]) => ({
        path,
        contents: Buffer.from(bytes).toString("base64"),
      })),
    },
  };
  try {
    const data = await client.graphql<{
      readonly createCommitOnBranch: { readonly commit: { readonly oid: string } | null } | null;
    }>(MUTATION, { input, request: { retries: 0 } });
    const sha = data.createCommitOnBranch?.commit?.oid;
    if (sha === undefined) throw new GitHubError("GitHub answered without a commit", 502, null);
    return { kind: "committed", sha };
  } catch (error) {
    if (isResponseErrors(error)) return outcomeOf(error);
    const failure = toGitHubError(error);
    if (failure.status === 403 && !failure.isRetryable) return { kind: "not permitted" };
    throw failure;
  }
}

function isResponseErrors(error: unknown): error is ResponseErrors {
  return error instanceof Error && error.name === "GraphqlResponseError";
}

function outcomeOf({ errors }: ResponseErrors): CommitOutcome {
  const [{ type, message } = { message: "" }] = errors;
  switch (type) {
    case "STALE_DATA":
      return { kind: "stale" };
    case "FORBIDDEN":
    case "INSUFFICIENT_SCOPES":
      return { kind: "not permitted" };
    case "RATE_LIMITED":
      throw new GitHubError(message, 403, 60);
    case undefined:
      // "Something went wrong while executing your query": an error of GitHub's own has no type.
      throw new GitHubError(message, 502, null);
    default:
      return { kind: "refused", message };
  }
}
