import { now } from "./now.ts";
import {
  type CommentState,
  type PullState,
  Refusal,
  type RepositoryState,
  type ReviewState,
} from "./state.ts";

const MAX_BODY = 65_536;

/** A comment of a timeline or on lines, with the pull request that it belongs to. */
export interface FoundComment<Comment> {
  readonly pull: PullState;
  readonly comment: Comment;
}

/** @throws Refusal 422 in GitHub's words for a text that cannot be a comment. */
export function checkBody(body: string): void {
  if (body.trim() === "") throw new Refusal(422, "Validation Failed", ["Body can't be blank"]);
  if (body.length > MAX_BODY)
    throw new Refusal(422, "Validation Failed", ["Body is too long (maximum is 65536 characters)"]);
}

/** Finds a comment of any pull request by its number; null when it is not there. */
export function findComment<Kind extends "timeline" | "comments">(
  { pulls }: RepositoryState,
  kind: Kind,
  id: number,
): FoundComment<PullState[Kind][number]> | null {
  for (const pull of pulls.values()) {
    const comment = pull[kind].find((one) => one.id === id);
    if (comment !== undefined) return { pull, comment };
  }
  return null;
}

/** Whether a comment belongs to a review that only its author sees. */
export function isPending(pull: PullState, { reviewId }: CommentState): boolean {
  return pull.reviews.some(({ id, state }) => id === reviewId && state === "PENDING");
}

/** What somebody sees: pending comments are their author's alone. */
export function visibleComments(pull: PullState, viewer: string | null): CommentState[] {
  return pull.comments.filter((one) => one.author === viewer || !isPending(pull, one));
}

export function pendingReviewOf({ reviews }: PullState, author: string): ReviewState | null {
  return reviews.find((one) => one.author === author && one.state === "PENDING") ?? null;
}

/**
 * Adds a reply to a thread. One of somebody with a pending review becomes part of it, so nobody else sees it;
 * otherwise it is a review of its own.
 */
export function addReply(
  pull: PullState,
  root: CommentState,
  { author, body, commitId }: { readonly author: string; readonly body: string; readonly commitId: string },
  nextId: () => number,
): CommentState {
  let review = pendingReviewOf(pull, author);
  if (review === null) {
    review = { id: nextId(), author, body: "", state: "COMMENTED", commitId };
    pull.reviews.push(review);
  }
  const reply: CommentState = {
    ...root,
    id: nextId(),
    reviewId: review.id,
    inReplyTo: root.inReplyTo ?? root.id,
    author,
    body,
    createdAt: now(),
    minimizedReason: null,
    reactions: [],
  };
  pull.comments.push(reply);
  return reply;
}

/** Adds a reaction; somebody's second one of a kind changes nothing. Answers it, and whether it is new. */
export function addReaction(
  { reactions }: Pick<CommentState, "reactions">,
  user: string,
  content: string,
  nextId: () => number,
) {
  const known = reactions.find((one) => one.user === user && one.content === content);
  if (known !== undefined) return { reaction: known, isNew: false };
  const reaction = { id: nextId(), user, content, createdAt: now() };
  reactions.push(reaction);
  return { reaction, isNew: true };
}
