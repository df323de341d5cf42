import type { GitHubClient, Repository } from "../github/client.ts";
import { compareCommits } from "../github/compare-commits.ts";
import { COMPARED_FILES, LISTED_FILES } from "../github/limits.ts";
import { type ChangedFile, listChangedFiles } from "../github/list-changed-files.ts";

/** The change of a pull request between two commits. */
export interface Change {
  readonly headSha: string;
  readonly mergeBaseSha: string;
  readonly files: readonly ChangedFile[];
  /** GitHub does not list all files. */
  readonly isIncomplete: boolean;
}

/**
 * Reads what a pull request changes. The comparison of two fixed commits has the files as well, so the list of the
 * pull request, which follows its head, is asked for only where the comparison ends.
 */
export async function changeOf(
  client: GitHubClient,
  repository: Repository,
  {
    number,
    baseSha,
    headSha,
  }: { readonly number: number; readonly baseSha: string; readonly headSha: string },
): Promise<Change> {
  const { mergeBaseSha, files } = await compareCommits(client, repository, baseSha, headSha);
  if (files.length < COMPARED_FILES) return { headSha, mergeBaseSha, files, isIncomplete: false };
  const all = await listChangedFiles(client, repository, number);
  return { headSha, mergeBaseSha, files: all, isIncomplete: all.length >= LISTED_FILES };
}
