import { type CheckRun, type KnownCheckRun, startCheckRun } from "../github/check-runs.ts";
import type { GitHubClient, Repository } from "../github/client.ts";
import { isNotPermitted } from "../github/github-error.ts";

/**
 * Starts the check run of a job; null where the installation did not permit checks.
 * @param known Our check runs on the commit; null to ask GitHub for them.
 */
export async function startRun(
  client: GitHubClient,
  repository: Repository,
  headSha: string,
  key: string,
  known: readonly KnownCheckRun[] | null = null,
): Promise<CheckRun | null> {
  try {
    return await startCheckRun(client, repository, headSha, key, known);
  } catch (error) {
    if (isNotPermitted(error)) return null;
    throw error;
  }
}
