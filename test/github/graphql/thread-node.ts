import { visibleComments } from "../comments.ts";
import { BOT, userNode } from "../people.ts";
import type { CommentState, PullState, RepositoryState, ThreadState } from "../state.ts";
import type { Asker } from "./asker.ts";
import { reviewCommentNode } from "./comment-node.ts";
import { type Bounds, connection } from "./connection.ts";

/** The threads that the App sees, in the order in which they were begun. */
export function threadsOf(pull: PullState): { thread: ThreadState; comments: CommentState[] }[] {
  const threads = new Map<ThreadState, CommentState[]>();
  for (const comment of visibleComments(pull, BOT)) {
    const known = threads.get(comment.thread);
    if (known === undefined) threads.set(comment.thread, [comment]);
    else known.push(comment);
  }
  return [...threads].map(([thread, comments]) => ({ thread, comments }));
}

export function threadNode(
  { permissions, installationId }: Asker,
  repository: RepositoryState,
  pull: PullState,
  { thread, comments }: ReturnType<typeof threadsOf>[number],
) {
  const { id, isResolved, resolvedBy } = thread;
  const [first] = comments;
  const isOwn = repository.installationId === installationId;
  // `pull_requests: write` is not enough (GITHUB.md §0.8).
  const canResolve = isOwn && permissions.contents === "write" && permissions.pull_requests === "write";
  return {
    __typename: "PullRequestReviewThread",
    id,
    path: first?.path,
    line: first?.line ?? null,
    startLine: first?.startLine ?? null,
    originalLine: first?.originalLine ?? null,
    originalStartLine: first?.originalStartLine ?? null,
    diffSide: first?.side,
    startDiffSide: first?.originalStartLine == null ? null : first.side,
    subjectType: "LINE",
    isResolved,
    isCollapsed: isResolved,
    isOutdated: first?.line === null,
    resolvedBy: resolvedBy === null ? null : userNode(resolvedBy),
    viewerCanReply: isOwn && permissions.pull_requests === "write",
    viewerCanResolve: canResolve && !isResolved,
    viewerCanUnresolve: canResolve && isResolved,
    comments: (bounds: Bounds) =>
      connection(
        comments.map((one) => reviewCommentNode(pull, one)),
        bounds,
      ),
  };
}
