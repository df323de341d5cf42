import type { GitHubClient, Repository } from "./client.ts";
import { toGitHubError } from "./github-error.ts";

/** What somebody may do in a repository. GitHub folds `maintain` into `write` and `triage` into `read` here. */
export type Permission = "admin" | "write" | "read" | "none";

/**
 * Asks what a person may do; `author_association` in a payload is no answer to that. In a public repository everybody
 * has `read`. https://docs.github.com/rest/collaborators/collaborators#get-repository-permissions-for-a-user
 */
export async function readPermission(
  client: GitHubClient,
  repository: Repository,
  login: string,
): Promise<Permission> {
  try {
    const { data } = await client.request("GET /repos/{owner}/{repo}/collaborators/{username}/permission", {
      ...repository,
      username: login,
    });
    return data.permission === "admin" || data.permission === "write" || data.permission === "read"
      ? data.permission
      : "none";
  } catch (error) {
    const failure = toGitHubError(error);
    // The account is gone.
    if (failure.status === 404) return "none";
    throw failure;
  }
}
