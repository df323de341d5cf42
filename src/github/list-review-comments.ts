import type { GitHubClient, Repository } from "./client.ts";
import { PAGE_SIZE } from "./limits.ts";

/** The text of every comment on the pull request's lines that an App wrote, all pages. */
export async function listReviewComments(
  client: GitHubClient,
  repository: Repository,
  number: number,
): Promise<string[]> {
  const comments = await client.paginate("GET /repos/{owner}/{repo}/pulls/{pull_number}/comments", {
    ...repository,
    pull_number: number,
    per_page: PAGE_SIZE,
  });
  // A person may quote a marker of ours; only what an App wrote counts.
  return comments.filter(({ user }) => user?.type === "Bot").map(({ body }) => body);
}
