import type { CheckResult, SourceFile } from "../analysis/analyser.ts";
import { GitHubError } from "../github/github-error.ts";
import { MAX_BLOB_BYTES } from "../github/limits.ts";
import type { BlobRequest } from "../github/read-blob-batch.ts";
import type { AnalysisThread } from "./analysis-thread.ts";
import type { KnownTree } from "./known-tree.ts";
import { prefetchPaths } from "./prefetch.ts";
import { createReviewBlobs, type ReadBlobs } from "./review-blobs.ts";

// DESIGN.md §5, "what to fetch": the checks of a pull request touch 13–35 files in the median (p90 39–98).
const MAX_ROUNDS = 5;
const MAX_BLOBS = 150;
const MAX_BYTES = 3_000_000;
/** Of them, at most so many for files that nobody has asked for yet. */
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
  /** The analysis wanted more files than the budget allows; it stays silent where it does not know. */
  readonly isCutShort: boolean;
}

interface Side extends CommitToCheck {
  readonly files: Map<string, SourceFile>;
  /** Files that came since the tree was last asked where they lead. */
  readonly fresh: Map<string, Uint8Array>;
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
): Promise<CheckedCommits> {
  const sides = commits.map(
    (commit): Side => ({
      ...commit,
      files: new Map(),
      fresh: new Map(),
      result: { reports: [], missing: [] },
    }),
  );
  const blobs = createReviewBlobs(read);

  /** Gives the sides those of the files that are at hand; answers which of them got any. */
  function give(pathsOf: (side: Side) => readonly string[]): Side[] {
    return sides.filter((side) => {
      const before = side.files.size;
      for (const path of pathsOf(side)) {
        const sha = side.tree.files.get(path)?.sha ?? "";
        const bytes = blobs.contentOf(sha);
        if (bytes === undefined || side.files.has(path)) continue;
        side.files.set(path, { id: sha, bytes });
        side.fresh.set(path, bytes);
      }
      return side.files.size > before;
    });
  }

  /** The files to check are outside the budget; what the analysis likely wants comes along with them. */
  async function fetchFirst(): Promise<void> {
    const required = sides.flatMap((side) => blobsOf(side, side.check));
    const likely = inTurn(sides.map((side) => blobsOf(side, prefetchPaths(side.check))));
    const requiredShas = new Set(required.map(({ sha }) => sha));
    const alongside = likely.filter(({ sha }) => !requiredShas.has(sha));
    const { admitted } = blobs.admit(alongside, MAX_PREFETCHED_BLOBS, MAX_PREFETCHED_BYTES);
    await blobs.load([...required, ...admitted]);
    const lost = required.find(({ sha }) => blobs.isUnavailable(sha));
    if (lost !== undefined) throw new GitHubError(`GitHub does not have the blob ${lost.sha}`, 404, null);
    give(({ check }) => [...check, ...prefetchPaths(check)]);
  }

  await fetchFirst();
  await Promise.all(sides.map((side) => analyse(thread, side)));
  for (let round = 1; ; round++) {
    // The sides take turns, so that a budget ends at the same files for both.
    const wanted = inTurn(sides.map((side) => blobsOf(side, side.result.missing)));
    const budget = round < MAX_ROUNDS ? MAX_BLOBS : 0;
    const { admitted, isCutShort } = blobs.admit(wanted, budget, MAX_BYTES);
    await blobs.load(admitted);
    const changed = give(({ result }) => result.missing);
    if (changed.length === 0 || round === MAX_ROUNDS) {
      return { results: sides.map(({ result }) => result), isCutShort };
    }
    await Promise.all(changed.map((side) => analyse(thread, side)));
  }
}

async function analyse(thread: AnalysisThread, side: Side): Promise<void> {
  const { tree, check, files, fresh } = side;
  await tree.reach(fresh);
  fresh.clear();
  const present = check.filter((path) => files.has(path));
  side.result = await thread.check({ paths: tree.paths(), files, check: present });
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
