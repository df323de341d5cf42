import { diffTexts } from "../diff/diff-texts.ts";
import type { Hunk } from "../diff/hunk.ts";
import { PatchError, parsePatch } from "../diff/parse-patch.ts";
import type { FileReport } from "../fixes/fix.ts";
import type { GitHubClient, Repository } from "../github/client.ts";
import { MAX_BLOB_BYTES } from "../github/limits.ts";
import type { ChangedFile } from "../github/list-changed-files.ts";
import { type RepositoryTree, readTree } from "../github/read-tree.ts";
import type { SkippedFile } from "../review/plan-check.ts";
import type { ReviewedFile } from "../review/plan-review.ts";
import type { AnalysisThread } from "./analysis-thread.ts";
import { checkCommit } from "./check-commit.ts";

/** The changed Python files of a change, analysed on both sides. */
export interface ReviewedChange {
  readonly files: readonly ReviewedFile[];
  readonly skipped: readonly SkippedFile[];
}

/** Analyses the changed Python files at the head, and the same files at the merge base. */
export async function reviewCommits(
  client: GitHubClient,
  repository: Repository,
  thread: AnalysisThread,
  change: { readonly headSha: string; readonly mergeBaseSha: string; readonly files: readonly ChangedFile[] },
): Promise<ReviewedChange> {
  const changed = change.files.filter(({ path, status }) => path.endsWith(".py") && status !== "removed");
  if (changed.length === 0) return { files: [], skipped: [] };
  const [headTree, baseTree] = await Promise.all([
    readTree(client, repository, change.headSha),
    readTree(client, repository, change.mergeBaseSha),
  ]);
  const existed = changed.filter(({ previousPath }) => baseTree.files.has(previousPath));
  const [head, base] = await Promise.all([
    checkCommit(
      client,
      repository,
      headTree,
      thread,
      changed.map(({ path }) => path),
    ),
    checkCommit(
      client,
      repository,
      baseTree,
      thread,
      existed.map(({ previousPath }) => previousPath),
    ),
  ]);
  const heads = new Map(head.reports.map((report) => [report.path, report]));
  const bases = new Map(base.reports.map((report) => [report.path, report]));
  const files: ReviewedFile[] = [];
  const skipped: SkippedFile[] = [];
  for (const file of changed) {
    const report = heads.get(file.path);
    if (report === undefined) skipped.push({ path: file.path, reason: whyNotRead(headTree, file.path) });
    else {
      const before = file.status === "added" ? null : (bases.get(file.previousPath) ?? null);
      files.push({ path: file.path, head: report, base: before, hunks: hunksOf(file, report, before) });
    }
  }
  return { files, skipped };
}

function whyNotRead(tree: RepositoryTree, path: string): string {
  const size = tree.files.get(path)?.size;
  if (size !== undefined && size > MAX_BLOB_BYTES) {
    return `the file has ${(size / 1_000_000).toFixed(1)} MB; files over 1 MB are not analysed`;
  }
  return tree.isTruncated ? "the repository is too large for GitHub to list it" : "it is not a regular file";
}

/** GitHub's own hunks; where it leaves them out (large files), those between the two texts. */
function hunksOf({ patch }: ChangedFile, head: FileReport, base: FileReport | null): readonly Hunk[] {
  if (patch !== null) {
    try {
      return parsePatch(patch);
    } catch (error) {
      if (!(error instanceof PatchError)) throw error;
    }
  }
  return head.text === null ? [] : diffTexts(base?.text ?? "", head.text);
}
