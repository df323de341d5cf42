import type { GitHubClient, Repository } from "./client.ts";
import { toGitHubError } from "./github-error.ts";

/**
 * Deletes a review of ours that was never submitted. One that a crash left behind makes GitHub refuse every further
 * review ("User can only have one pending review per pull request") and swallows replies.
 */
export async function deletePendingReview(
  client: GitHubClient,
  repository: Repository,
  number: number,
  reviewId: number,
): Promise<void> {
  try {
    await client.request("DELETE /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}", {
      ...repository,
      pull_number: number,
      review_id: reviewId,
    });
  } catch (error) {
    const failure = toGitHubError(error);
    // Somebody else was faster.
    if (failure.status !== 404) throw failure;
  }
}
