import type { GitHubClient, Repository } from "./client.ts";
import { toGitHubError } from "./github-error.ts";

/**
 * Replies in a thread on a pull request's lines. Never repeated by the client: whoever repeats looks for the marker
 * first.
 * @param rootId The comment that began the thread; GitHub takes no other.
 * @throws GitHubError
 */
export async function replyInThread(
  client: GitHubClient,
  repository: Repository,
  number: number,
  rootId: number,
  body: string,
): Promise<void> {
  try {
    await client.request("POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies", {
      ...repository,
      pull_number: number,
      comment_id: rootId,
      body,
      request: { retries: 0 },
    });
  } catch (error) {
    throw toGitHubError(error);
  }
}
