import type { GitHubClient, Repository } from "./client.ts";
import type { CommentPlace } from "./comment-place.ts";
import { toGitHubError } from "./github-error.ts";

/**
 * Puts a reaction of ours on a comment; doing it again changes nothing. A refusal (no permission, the comment is gone,
 * the conversation is locked) is no reason to stop.
 * @throws GitHubError when trying again later may help.
 */
export async function reactToComment(
  client: GitHubClient,
  repository: Repository,
  { kind, id }: CommentPlace,
  content: "eyes" | "+1" | "confused",
): Promise<void> {
  const comment = { ...repository, comment_id: id, content };
  try {
    if (kind === "timeline")
      await client.request("POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions", comment);
    else await client.request("POST /repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions", comment);
  } catch (error) {
    const failure = toGitHubError(error);
    if (failure.isRetryable) throw failure;
  }
}
