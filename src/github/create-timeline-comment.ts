import type { GitHubClient, Repository } from "./client.ts";
import { toGitHubError } from "./github-error.ts";

/**
 * Writes a comment in a pull request's timeline. Never repeated by the client: whoever repeats looks for the marker
 * first. `pull_requests: write` is enough (GITHUB.md §6).
 * @throws GitHubError
 */
export async function createTimelineComment(
  client: GitHubClient,
  repository: Repository,
  number: number,
  body: string,
): Promise<void> {
  try {
    await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      ...repository,
      issue_number: number,
      body,
      request: { retries: 0 },
    });
  } catch (error) {
    throw toGitHubError(error);
  }
}
