import type { GitHubClient, Repository } from "./client.ts";
import { type ChangedFile, toChangedFile } from "./list-changed-files.ts";

export interface Comparison {
  /** The commit both sides have in common: what a change is measured against. */
  readonly mergeBaseSha: string;
  /** Changed files from the merge base to the head; GitHub lists at most 300. */
  readonly files: readonly ChangedFile[];
}

/** Compares two commits as a pull request does (three dots). */
export async function compareCommits(
  client: GitHubClient,
  repository: Repository,
  base: string,
  head: string,
): Promise<Comparison> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
    ...repository,
    basehead: `${base}...${head}`,
  });
  return { mergeBaseSha: data.merge_base_commit.sha, files: (data.files ?? []).map(toChangedFile) };
}
