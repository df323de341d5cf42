import type { HunkLine } from "../src/diff/hunk.ts";
import { parsePatch } from "../src/diff/parse-patch.ts";
import type { StoryEvent } from "../test/app/story/story.ts";
import { baseOf, mergeBaseOf } from "../test/github/change.ts";
import { changedFiles } from "../test/github/changed-files.ts";
import { visibleComments } from "../test/github/comments.ts";
import type { CheckRunState, CommentState, PullState, RepositoryState } from "../test/github/state.ts";

/** A pull request as it is to be shown. */
export interface PullView {
  readonly repository: RepositoryState;
  readonly pull: PullState;
  readonly head: string;
  readonly events: readonly StoryEvent[];
  /** Ids of comments whose suggestions were committed. */
  readonly applied: ReadonlySet<number>;
}

/** The comments of one place, the oldest first. */
export interface ThreadView {
  readonly root: CommentState;
  readonly replies: readonly CommentState[];
}

/** All threads that people see, in the order in which they were begun. */
export function threadsOf({ pull }: PullView): ThreadView[] {
  const comments = visibleComments(pull, null);
  return comments
    .filter(({ inReplyTo }) => inReplyTo === null)
    .map((root) => ({ root, replies: comments.filter(({ inReplyTo }) => inReplyTo === root.id) }));
}

/** The files that a pull request changed as of a commit, with their patches. */
export function patchesOf({ repository, pull }: PullView, sha: string): Map<string, string> {
  const base = mergeBaseOf(repository, baseOf(repository, pull), sha);
  return new Map(changedFiles(repository, base, sha).map(({ filename, patch = "" }) => [filename, patch]));
}

/** The lines of the diff that a thread was begun on, and up to three before them. */
export function quotedLines(view: PullView, { root }: ThreadView): HunkLine[] {
  const patch = patchesOf(view, root.commitId).get(root.path) ?? "";
  for (const { lines } of parsePatch(patch)) {
    const last = lines.findIndex(({ newLine }) => newLine === root.originalLine);
    if (last === -1) continue;
    const count = root.originalLine - (root.originalStartLine ?? root.originalLine) + 4;
    return lines.slice(Math.max(0, last + 1 - count), last + 1);
  }
  return [];
}

/** The newest check run of the App on a commit. */
export function checkOf({ repository }: PullView, sha: string): CheckRunState | null {
  return repository.checkRuns.findLast(({ headSha }) => headSha === sha) ?? null;
}
