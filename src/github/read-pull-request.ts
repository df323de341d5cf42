import type { GitHubClient, Repository } from "./client.ts";

/** What a review needs to know about a pull request. */
export interface PullRequest {
  readonly number: number;
  readonly state: "open" | "closed";
  readonly isDraft: boolean;
  readonly headSha: string;
  readonly baseSha: string;
  readonly baseRef: string;
}

/** The pull request as it is now. */
export async function readPullRequest(
  client: GitHubClient,
  repository: Repository,
  number: number,
): Promise<PullRequest> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", {
    ...repository,
    pull_number: number,
  });
  return {
    number,
    state: data.state === "open" ? "open" : "closed",
    isDraft: data.draft === true,
    headSha: data.head.sha,
    baseSha: data.base.sha,
    baseRef: data.base.ref,
  };
}
