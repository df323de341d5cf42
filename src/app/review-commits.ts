import { isCheckedPath } from "../analysis/is-checked-path.ts";
import { applySettings } from "../configuration/apply-settings.ts";
import { diffTexts } from "../diff/diff-texts.ts";
import type { Hunk } from "../diff/hunk.ts";
import { PatchError, parsePatch } from "../diff/parse-patch.ts";
import type { Diagnostic, FileReport } from "../fixes/fix.ts";
import type { GitHubClient, Repository } from "../github/client.ts";
import { MAX_BLOB_BYTES } from "../github/limits.ts";
import type { ChangedFile } from "../github/list-changed-files.ts";
import type { Feedback } from "../jobs/feedback.ts";
import type { SkippedFile } from "../review/plan-check.ts";
import type { ReviewedFile } from "../review/plan-review.ts";
import type { AnalysedSource } from "./analysed-source.ts";
import type { AnalysisThread } from "./analysis-thread.ts";
import { checkCommits } from "./check-commits.ts";
import { type KnownTree, readKnownTree } from "./known-tree.ts";
import type { LoadedSettings } from "./load-settings.ts";
import { listTreesThrough, readCachedBlobs, type SourceCache } from "./source-cache.ts";

/** Requests for tree listings of one review; two are enough unless GitHub truncates them. */
const MAX_TREE_REQUESTS = 60;

/** Bytes of changed files, both sides together, that one review reads; whoever opens it decides how many there are. */
const MAX_CHANGED_BYTES = 40_000_000;

/** What a process reviews with. */
export interface Engine {
  /** The App's number, by which its own check runs are known. */
  readonly appId: number;
  readonly thread: AnalysisThread;
  readonly cache: SourceCache;
  /** Where is kept what people call wrong. */
  readonly feedback: Feedback;
}

/** The changed Python files of a change, analysed on both sides. */
export interface ReviewedChange {
  readonly files: readonly ReviewedFile[];
  readonly skipped: readonly SkippedFile[];
  /** Changed Python files that the settings leave out. */
  readonly leftOut: readonly string[];
  /** What the whole analysis did not know, as sentences for the check run. */
  readonly notes: readonly string[];
  /** What the head was analysed with; null when it has nothing to analyse. */
  readonly source: AnalysedSource | null;
  /** Changed files of the head that have the executable bit. */
  readonly executables: readonly string[];
}

const NOTHING: ReviewedChange = {
  files: [],
  skipped: [],
  leftOut: [],
  notes: [],
  source: null,
  executables: [],
};

/** Analyses the changed Python files at the head, and the same files at the merge base. */
export async function reviewCommits(
  client: GitHubClient,
  repository: Repository,
  { thread, cache }: Engine,
  change: { readonly headSha: string; readonly mergeBaseSha: string; readonly files: readonly ChangedFile[] },
  { settings, isGenerated }: Pick<LoadedSettings, "settings" | "isGenerated">,
): Promise<ReviewedChange> {
  const python = change.files.filter(({ path, status }) => status !== "removed" && isCheckedPath(path));
  const isWanted = ({ path }: ChangedFile): boolean => settings.isIncluded(path) && !isGenerated(path);
  const changed = python.filter(isWanted);
  const leftOut = python.filter((one) => !isWanted(one)).map(({ path }) => path);
  if (changed.length === 0) return { ...NOTHING, leftOut };
  const list = listTreesThrough(client, repository, cache, MAX_TREE_REQUESTS);
  const [headTree, baseTree] = await Promise.all([
    readKnownTree(
      list,
      change.headSha,
      changed.map(({ path }) => path),
    ),
    readKnownTree(
      list,
      change.mergeBaseSha,
      changed.map(({ previousPath }) => previousPath),
    ),
  ]);
  const read = withinSize(changed, headTree, baseTree);
  const {
    results: [head, base],
    sources: [source = null],
    isCutShort,
  } = await checkCommits(
    (blobs) => readCachedBlobs(client, repository, cache, blobs),
    thread,
    [
      { tree: headTree, check: read.map(({ path }) => path) },
      {
        tree: baseTree,
        check: read.map(({ previousPath }) => previousPath).filter((path) => baseTree.files.has(path)),
      },
    ],
    settings,
  );
  const heads = byPath(applySettings<Diagnostic, FileReport>(head?.reports ?? [], settings));
  // The base stays whole: what is old there is old, whatever the settings say of its path.
  const bases = byPath(base?.reports ?? []);
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
  return {
    files,
    skipped,
    leftOut,
    notes: notesOf(isCutShort, headTree.isPartial || baseTree.isPartial),
    source,
    executables: files
      .map(({ path }) => path)
      .filter((path) => headTree.files.get(path)?.isExecutable === true),
  };
}

function byPath(reports: readonly FileReport[]): Map<string, FileReport> {
  return new Map(reports.map((report) => [report.path, report]));
}

/** The first changed files that are together not too large to be read. */
function withinSize(changed: readonly ChangedFile[], head: KnownTree, base: KnownTree): ChangedFile[] {
  let bytes = 0;
  return changed.filter(({ path, previousPath }) => {
    const sizes = [head.files.get(path)?.size ?? 0, base.files.get(previousPath)?.size ?? 0];
    for (const size of sizes) if (size <= MAX_BLOB_BYTES) bytes += size;
    return bytes <= MAX_CHANGED_BYTES;
  });
}

function whyNotRead(tree: KnownTree, path: string): string {
  const size = tree.files.get(path)?.size;
  if (size !== undefined && size > MAX_BLOB_BYTES) {
    return `the file has ${(size / 1_000_000).toFixed(1)} MB; files over 1 MB are not analysed`;
  }
  if (size !== undefined) return "the change is too large to be analysed whole";
  return tree.isPartial ? "the repository is too large for GitHub to list it" : "it is not a regular file";
}

/** One line for each way in which less was known than the repository holds. */
function notesOf(isCutShort: boolean, isPartial: boolean): string[] {
  const notes: string[] = [];
  if (isCutShort)
    notes.push(
      "The change leads to more files than one review reads; where they would have been needed, nothing is reported.",
    );
  if (isPartial)
    notes.push(
      "GitHub cannot list the whole repository; only files near the change and what they import are known.",
    );
  return notes;
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
