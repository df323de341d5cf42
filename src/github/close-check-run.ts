import type { GitHubClient, Repository } from "./client.ts";

/** Completes a check run as neutral, with a title and our own words why it says nothing. */
export async function closeCheckRun(
  client: GitHubClient,
  repository: Repository,
  id: number,
  title: string,
  summary: string,
): Promise<void> {
  await client.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
    ...repository,
    check_run_id: id,
    status: "completed",
    conclusion: "neutral",
    output: { title, summary },
  });
}
