import type { GitHubClient, Repository } from "./client.ts";
import { PAGE_SIZE } from "./limits.ts";

/**
 * Numbers of the open pull requests whose head is exactly this commit, also those of forks (GitHub's list by commit leaves
 * them out); with `branch`, those from this branch of the repository itself, which may have moved on meanwhile.
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
  return pulls.filter(({ head }) => branch !== null || head.sha === headSha).map(({ number }) => number);
}
