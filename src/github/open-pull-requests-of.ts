import type { GitHubClient, Repository } from "./client.ts";

/** Numbers of the open pull requests of this repository whose head is exactly this commit. */
export async function openPullRequestsOf(client: GitHubClient, repository: Repository, headSha: string): Promise<number[]> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls", {
    ...repository,
    commit_sha: headSha,
  });
  return data.filter((one) => one.state === "open" && one.head.sha === headSha).map(({ number }) => number);
}
