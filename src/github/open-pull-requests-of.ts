import type { GitHubClient, Repository } from "./client.ts";
import { PAGE_SIZE } from "./limits.ts";

/**
 * Numbers of the open pull requests whose head is exactly this commit. `branch` narrows the search to a branch
 * of the repository itself; without it forks are found as well (GitHub's list by commit leaves them out).
 */
export async function openPullRequestsOf(
  client: GitHubClient,
  repository: Repository,
  headSha: string,
  branch: string | null,
): Promise<number[]> {
  const pulls = await client.paginate("GET /repos/{owner}/{repo}/pulls", {
    ...repository,
    state: "open",
    per_page: PAGE_SIZE,
    ...(branch === null ? {} : { head: `${repository.owner}:${branch}` }),
  });
  return pulls.filter(({ head }) => head.sha === headSha).map(({ number }) => number);
}
