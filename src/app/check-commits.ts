import type { CheckResult, SourceFile } from "../analysis/analyser.ts";
import { GitHubError } from "../github/github-error.ts";
import { MAX_BLOB_BYTES } from "../github/limits.ts";
import type { BlobRequest } from "../github/read-blob-batch.ts";
import type { AnalysedSource, AnalysisOptions } from "./analysed-source.ts";
import type { AnalysisThread } from "./analysis-thread.ts";
import type { KnownTree } from "./known-tree.ts";
import { prefetchPaths } from "./prefetch.ts";
import { createReviewBlobs, type ReadBlobs } from "./review-blobs.ts";

// DESIGN.md §5, "what to fetch": the checks of a pull request touch 13–35 files in the median (p90 39–98).
const MAX_ROUNDS = 5;
const MAX_BLOBS = 150;
const MAX_BYTES = 3_000_000;
/**
 * Nothing that only may be wanted comes along once so much is read. Measured on 168 sets of files of seven
 * repositories: the median of rounds falls from 4 to 3, and the rounds end 10 reviews early instead of 30.
 */
const MAX_PREFETCHED_BLOBS = 50;
const MAX_PREFETCHED_BYTES = 1_000_000;

/** A commit and the files of it to check. */
export interface CommitToCheck {
  readonly tree: KnownTree;
  readonly check: readonly string[];
}

export interface CheckedCommits {
  /** In the order of the commits. */
  readonly results: readonly CheckResult[];
  /** What each was analysed with, in the same order. */
  readonly sources: readonly AnalysedSource[];
  /** The analysis wanted more files than the budget allows; it stays silent where it does not know. */
  readonly isCutShort: boolean;
}

interface Side extends CommitToCheck {
  readonly files: Map<string, SourceFile>;
  /** Files that came since the last analysis. */
  readonly fresh: Map<string, Uint8Array>;
  /** Files that the analysis asked for; what they import is likely wanted next. */
  readonly asked: Set<string>;
  /** Files that will likely be asked for next. */
  likely: readonly string[];
  result: CheckResult;
}

/**
 * Checks files of several commits of one repository without downloading it: the analysis names the files it lacks,
 * those of all commits are fetched in one batch, until nothing is missing or the budget is used up.
 * @throws GitHubError when a file that is to be checked cannot be read; AnalysisFailed.
 */
export async function checkCommits(
  read: ReadBlobs,
  thread: AnalysisThread,
  commits: readonly CommitToCheck[],
  { rules, blockingCalls }: AnalysisOptions = {},
): Promise<CheckedCommits> {
  // Only plain data reaches the thread, whatever else the options have.
  const options = { rules, blockingCalls };
  const sides = commits.map(
    (commit): Side => ({
      ...commit,
      files: new Map(),
      fresh: new Map(),
      asked: new Set(commit.check),
      likely: prefetchPaths(commit.check),
      result: { reports: [], missing: [] },
    }),
  );
  const blobs = createReviewBlobs(read);

  /** Gives the sides what is at hand of the files they ask for; answers which of them got any. */
  function give(): Side[] {
    return sides.filter((side) => {
      const { files, fresh, asked, likely, tree } = side;
      for (const path of [...asked, ...likely]) {
        const sha = tree.files.get(path)?.sha ?? "";
        const bytes = blobs.contentOf(sha);
        if (bytes === undefined || files.has(path)) continue;
        files.set(path, { id: sha, bytes });
        fresh.set(path, bytes);
      }
      return fresh.size > 0;
    });
  }

  /** What comes along with a batch for being likely wanted next; the sides take turns. */
  function admitLikely(batch: readonly BlobRequest[]): readonly BlobRequest[] {
    const inBatch = new Set(batch.map(({ sha }) => sha));
    const likely = inTurn(sides.map((side) => blobsOf(side, side.likely)));
    const others = likely.filter(({ sha }) => !inBatch.has(sha));
    return blobs.admit(others, MAX_PREFETCHED_BLOBS, MAX_PREFETCHED_BYTES).admitted;
  }

  /** The files to check are outside the budget. */
  async function fetchFirst(): Promise<void> {
    const required = sides.flatMap((side) => blobsOf(side, side.check));
    await blobs.load([...required, ...admitLikely(required)]);
    const lost = required.find(({ sha }) => blobs.isUnavailable(sha));
    if (lost !== undefined) throw new GitHubError(`GitHub does not have the blob ${lost.sha}`, 404, null);
    give();
  }

  await fetchFirst();
  await Promise.all(sides.map((side) => analyse(thread, side, options)));
  for (let round = 1; ; round++) {
    // The sides take turns, so that a budget ends at the same files for both.
    const wanted = inTurn(sides.map((side) => blobsOf(side, side.result.missing)));
    const budget = round < MAX_ROUNDS ? MAX_BLOBS : 0;
    const { admitted, isCutShort } = blobs.admit(wanted, budget, MAX_BYTES);
    await blobs.load(admitted.length === 0 ? [] : [...admitted, ...admitLikely(admitted)]);
    const changed = give();
    if (changed.length === 0 || round === MAX_ROUNDS) {
      return {
        results: sides.map(({ result }) => result),
        sources: sides.map(({ tree, files }) => ({ paths: tree.paths(), files, options })),
        isCutShort,
      };
    }
    await Promise.all(changed.map((side) => analyse(thread, side, options)));
  }
}

async function analyse(thread: AnalysisThread, side: Side, options: AnalysisOptions): Promise<void> {
  const { tree, check, files, fresh, asked } = side;
  await tree.reach(fresh);
  side.likely = [...fresh].flatMap(([path, bytes]) => (asked.has(path) ? tree.importsOf(path, bytes) : []));
  fresh.clear();
  const present = check.filter((path) => files.has(path));
  side.result = await thread.check({ paths: tree.paths(), files, check: present, options });
  for (const path of side.result.missing) asked.add(path);
}

function blobsOf({ tree }: Side, paths: readonly string[]): BlobRequest[] {
  const blobs = paths.map((path) => tree.files.get(path));
  return blobs.filter((blob) => blob !== undefined).filter(({ size }) => size <= MAX_BLOB_BYTES);
}

/** The first of each list, then the second of each, and so on. */
function inTurn<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list.slice(at, at + 1))).flat();
}
