import type { GitHubClient, Repository } from "./client.ts";

/** What may have changed about a pull request while it was looked at. */
export interface PullRequestNow {
  readonly isOpen: boolean;
  readonly headSha: string;
}

/** The pull request as it is now, in the cheapest request there is. */
export async function readPullRequest(
  client: GitHubClient,
  repository: Repository,
  number: number,
): Promise<PullRequestNow> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", {
    ...repository,
    pull_number: number,
  });
  return { isOpen: data.state === "open", headSha: data.head.sha };
}
