import { headOf } from "../change.ts";
import { addReaction, addReply, checkBody, visibleComments } from "../comments.ts";
import { BOT } from "../people.ts";
import { removeReview } from "../routes-reviews.ts";
import {
  type CommentState,
  type PullState,
  Refusal,
  type RepositoryState,
  type TimelineCommentState,
} from "../state.ts";
import type { Asker } from "./asker.ts";
import { commentId, restContent, reviewCommentNode, timelineCommentNode } from "./comment-node.ts";
import { reviewId, reviewNode } from "./pull-node.ts";
import { forbidden, notFound, QueryRefusal } from "./query-refusal.ts";
import { threadNode, threadsOf } from "./thread-node.ts";

interface Place {
  readonly repository: RepositoryState;
  readonly pull: PullState;
}

type AnyKind = (CommentState | TimelineCommentState)["kind"];

type Input<Fields> = { readonly input: Fields & { readonly clientMutationId?: string | null } };

/** What the App can do to conversations. Several mutations of a request run in order; one may fail alone. */
export function mutationFields(asker: Asker) {
  const places = [...new Set(asker.repositories.values())].flatMap((repository) =>
    [...repository.pulls.values()].map((pull): Place => ({ repository, pull })),
  );

  function find<Found>(id: string, look: (place: Place) => Found | undefined): Place & { found: Found } {
    for (const place of places) {
      const found = look(place);
      if (found !== undefined) return { ...place, found };
    }
    throw notFound(id);
  }

  const findThread = (id: string) =>
    find(id, ({ pull }) => threadsOf(pull).find(({ thread }) => thread.id === id));
  const findComment = (id: string) =>
    find<CommentState | TimelineCommentState>(id, ({ pull }) =>
      [...visibleComments(pull, BOT), ...pull.timeline].find((one) => commentId(one) === id),
    );
  const nodeOf = ({ pull, found }: Place & { found: CommentState | TimelineCommentState }) =>
    found.kind === "review" ? reviewCommentNode(pull, found) : timelineCommentNode(found);

  /** @throws QueryRefusal unless the token may write here. */
  function need({ repository }: Place, ...permissions: string[]): void {
    const isGranted = permissions.some((name) => asker.permissions[name] === "write");
    if (!isGranted || repository.installationId !== asker.installationId) throw forbidden();
    if (repository.isArchived)
      throw new QueryRefusal("UNPROCESSABLE", "Repository was archived so is read-only.");
  }

  function setResolved(isResolved: boolean) {
    return ({ input }: Input<{ threadId: string }>) => {
      const { found, ...place } = findThread(input.threadId);
      // `pull_requests: write` is not enough (GITHUB.md §0.8).
      need(place, "contents");
      need(place, "pull_requests");
      found.thread.isResolved = isResolved;
      // The field's type is `User`, which a bot is not.
      found.thread.resolvedBy = null;
      return { ...echo(input), thread: threadNode(asker, place.repository, place.pull, found) };
    };
  }

  function edit(id: string, body: string, kind: AnyKind) {
    const place = findComment(id);
    if (place.found.kind !== kind) throw notFound(id);
    need(place, ...writersOf(kind));
    if (place.found.author !== BOT) throw forbidden();
    checkText(body);
    place.found.body = body;
    return nodeOf(place);
  }

  function setMinimized(id: string, reason: string | null) {
    const place = findComment(id);
    need(place, ...writersOf(place.found.kind));
    place.found.minimizedReason = reason;
    return nodeOf(place);
  }

  return {
    addPullRequestReviewThreadReply: ({
      input,
    }: Input<{ pullRequestReviewThreadId: string; body: string }>) => {
      const { found, ...place } = findThread(input.pullRequestReviewThreadId);
      need(place, "pull_requests");
      checkText(input.body);
      const { repository, pull } = place;
      const [root] = found.comments;
      if (root === undefined) throw notFound(input.pullRequestReviewThreadId);
      const text = { author: BOT, body: input.body, commitId: headOf(repository, pull) };
      const reply = addReply(pull, root, text, asker.nextId);
      return { ...echo(input), comment: reviewCommentNode(pull, reply) };
    },
    resolveReviewThread: setResolved(true),
    unresolveReviewThread: setResolved(false),
    minimizeComment: ({ input }: Input<{ subjectId: string; classifier: string }>) => ({
      ...echo(input),
      minimizedComment: setMinimized(input.subjectId, input.classifier),
    }),
    unminimizeComment: ({ input }: Input<{ subjectId: string }>) => ({
      ...echo(input),
      unminimizedComment: setMinimized(input.subjectId, null),
    }),
    updatePullRequestReviewComment: ({
      input,
    }: Input<{ pullRequestReviewCommentId: string; body: string }>) => ({
      ...echo(input),
      pullRequestReviewComment: edit(input.pullRequestReviewCommentId, input.body, "review"),
    }),
    updateIssueComment: ({ input }: Input<{ id: string; body: string }>) => ({
      ...echo(input),
      issueComment: edit(input.id, input.body, "timeline"),
    }),
    addReaction: ({ input }: Input<{ subjectId: string; content: string }>) => {
      const place = findComment(input.subjectId);
      need(place, ...writersOf(place.found.kind));
      const { reaction } = addReaction(place.found, BOT, restContent(input.content), asker.nextId);
      return {
        ...echo(input),
        reaction: { id: `REA_${reaction.id}`, databaseId: reaction.id, content: input.content, user: null },
        subject: nodeOf(place),
      };
    },
    deletePullRequestReview: ({ input }: Input<{ pullRequestReviewId: string }>) => {
      const { found, ...place } = find(input.pullRequestReviewId, ({ pull }) =>
        pull.reviews.find((one) => reviewId(one) === input.pullRequestReviewId),
      );
      need(place, "pull_requests");
      if (found.state !== "PENDING")
        throw new QueryRefusal("UNPROCESSABLE", "Can not delete a non-pending pull request review");
      if (found.author !== BOT) throw notFound(input.pullRequestReviewId);
      removeReview(place.pull, found);
      return { ...echo(input), pullRequestReview: reviewNode(found) };
    },
  };
}

function echo({ clientMutationId }: { readonly clientMutationId?: string | null }) {
  return { clientMutationId: clientMutationId ?? null };
}

/** For a pull request's timeline the permission for issues does as well (GITHUB.md §6). */
function writersOf(kind: AnyKind): string[] {
  return kind === "review" ? ["pull_requests"] : ["pull_requests", "issues"];
}

function checkText(body: string): void {
  try {
    checkBody(body);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new QueryRefusal("UNPROCESSABLE", String(error.errors?.[0]));
  }
}
