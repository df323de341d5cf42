import type { CheckResult, SourceFile } from "../analysis/analyser.ts";
import type { GitHubClient, Repository } from "../github/client.ts";
import { MAX_BLOB_BYTES } from "../github/limits.ts";
import { readBlobs } from "../github/read-blobs.ts";
import type { RepositoryTree } from "../github/read-tree.ts";
import type { AnalysisThread } from "./analysis-thread.ts";

// DESIGN.md §5, "what to fetch": the checks of a pull request touch 13–35 files in the median (p90 39–98).
const MAX_ROUNDS = 5;
const MAX_BLOBS = 150;
const MAX_BYTES = 3_000_000;

/**
 * Checks files of a commit without downloading the repository: the analysis names the files it lacks, all of a
 * round are fetched at once, until nothing is missing or the budget is used up (then it stays silent where it
 * does not know).
 */
export async function checkCommit(
  client: GitHubClient,
  repository: Repository,
  tree: RepositoryTree,
  thread: AnalysisThread,
  check: readonly string[],
): Promise<CheckResult> {
  const paths = [...tree.files.keys()].filter((path) => /\.pyi?$/.test(path));
  const files = new Map<string, SourceFile>();
  let blobs = 0;
  let bytes = 0;

  async function fetchFiles(wanted: readonly string[], isBudgeted: boolean): Promise<number> {
    const shas = new Map<string, string>();
    for (const path of wanted) {
      const file = tree.files.get(path);
      if (file === undefined || files.has(path) || file.size > MAX_BLOB_BYTES) continue;
      if (isBudgeted && (blobs >= MAX_BLOBS || bytes + file.size > MAX_BYTES)) continue;
      shas.set(path, file.sha);
      blobs += 1;
      bytes += file.size;
    }
    const contents = await readBlobs(client, repository, [...shas.values()]);
    for (const [path, sha] of shas) {
      const content = contents.get(sha);
      if (content !== undefined) files.set(path, { id: sha, bytes: content });
    }
    return shas.size;
  }

  await fetchFiles(check, false);
  const present = check.filter((path) => files.has(path));
  let result = await thread.check({ paths, files, check: present });
  for (let round = 1; round < MAX_ROUNDS; round++) {
    if ((await fetchFiles(result.missing, true)) === 0) break;
    result = await thread.check({ paths, files, check: present });
  }
  return result;
}
