import { checkAnchors, type RequestedComment } from "./anchors.ts";
import { headOf } from "./change.ts";
import { addReply, checkBody, findComment, isPending, pendingReviewOf, visibleComments } from "./comments.ts";
import { now } from "./now.ts";
import { commentObject, reviewObject } from "./objects.ts";
import { BOT } from "./people.ts";
import { listed, need, ok, pullOf } from "./route-helpers.ts";
import type { Route, RouteRequest } from "./routes.ts";
import {
  type CommentState,
  type PullState,
  Refusal,
  type RepositoryState,
  type ReviewState,
} from "./state.ts";

const MAX_BODY = 65_536;

/** Reviews and the comments on lines. A token writes as the App's bot, and sees its pending reviews. */
export const REVIEW_ROUTES: Readonly<Record<string, Route>> = {
  "pulls/list-review-comments": ({ repository, parameters, query }) => {
    const pull = pullOf(repository, parameters);
    return listed(pull.comments.filter((one) => !isPending(pull, one)).map(commentObject), query);
  },
  "pulls/list-reviews": ({ repository, parameters, query }) => {
    const pull = pullOf(repository, parameters);
    const seen = pull.reviews.filter(({ author, state }) => author === BOT || state !== "PENDING");
    return listed(
      seen.map((review) => reviewObject(pull, review)),
      query,
    );
  },
  "pulls/create-review": ({ repository, parameters, body, permissions }, { nextId }) => {
    need(permissions, "pull_requests");
    const pull = pullOf(repository, parameters);
    const wanted = { ...body, body: String(body.body ?? "") } as Requested;
    return ok(reviewObject(pull, createReview(repository, pull, wanted, BOT, nextId)));
  },
  "pulls/submit-review": ({ repository, parameters, body, permissions }) => {
    need(permissions, "pull_requests");
    const pull = pullOf(repository, parameters);
    const review = pendingOf(pull, parameters);
    const text = String(body.body ?? review.body);
    if (text === "" && body.event !== "APPROVE") throw refuse("Body can't be blank");
    review.body = text;
    review.state = stateOf(body.event as Requested["event"]);
    return ok(reviewObject(pull, review));
  },
  "pulls/delete-pending-review": ({ repository, parameters, permissions }) => {
    need(permissions, "pull_requests");
    const pull = pullOf(repository, parameters);
    const review = pendingOf(pull, parameters);
    removeReview(pull, review);
    return ok(reviewObject(pull, review));
  },
  "pulls/create-reply-for-review-comment": ({ repository, parameters, body, permissions }, { nextId }) => {
    need(permissions, "pull_requests");
    const pull = pullOf(repository, parameters);
    const id = Number(parameters.comment_id);
    const root = visibleComments(pull, BOT).find((one) => one.id === id);
    // Replies to replies are not supported: "top-level review comments" only [OAS].
    if (root === undefined || root.inReplyTo !== null) throw new Refusal(404, "Not Found");
    const text = String(body.body);
    checkBody(text);
    const commitId = headOf(repository, pull);
    return ok(commentObject(addReply(pull, root, { author: BOT, body: text, commitId }, nextId)), 201);
  },
  "pulls/update-review-comment": (request) => {
    const { comment } = ownComment(request);
    const text = String(request.body.body);
    checkBody(text);
    comment.body = text;
    return ok(commentObject(comment));
  },
  "pulls/delete-review-comment": (request) => {
    const { pull, comment } = ownComment(request);
    pull.comments.splice(pull.comments.indexOf(comment), 1);
    return { status: 204, body: null };
  },
};

interface Requested {
  readonly body: string;
  readonly event?: "COMMENT" | "APPROVE" | "REQUEST_CHANGES";
  readonly commit_id?: string;
  readonly comments?: readonly RequestedComment[];
}

/** Writes a review: all of it or, with a Refusal, nothing. */
export function createReview(
  repository: RepositoryState,
  pull: PullState,
  { body, event, commit_id, comments = [] }: Requested,
  author: string,
  nextId: () => number,
): ReviewState {
  if (pendingReviewOf(pull, author) !== null)
    throw refuse("User can only have one pending review per pull request");
  if (event === "COMMENT" && body === "") throw refuse("Body can't be blank");
  if (body.length > MAX_BODY) throw refuse("Body is too long (maximum is 65536 characters)");
  const head = headOf(repository, pull);
  const commitId = commit_id ?? head;
  const isPart = repository.git.text("rev-list", head).split("\n").includes(commitId);
  if (!isPart) throw refuse("Commit oid is not part of the pull request");
  checkAnchors(repository, pull, comments);
  const review: ReviewState = { id: nextId(), author, body, state: stateOf(event), commitId };
  pull.reviews.push(review);
  for (const one of comments) pull.comments.push(newComment(one, review, nextId()));
  return review;
}

function stateOf(event: Requested["event"]): ReviewState["state"] {
  if (event === undefined) return "PENDING";
  return ({ COMMENT: "COMMENTED", APPROVE: "APPROVED", REQUEST_CHANGES: "CHANGES_REQUESTED" } as const)[
    event
  ];
}

function newComment(
  { path, line = 0, start_line: startLine, body }: RequestedComment,
  { id: reviewId, author, commitId }: ReviewState,
  id: number,
): CommentState {
  return {
    kind: "review",
    id,
    author,
    createdAt: now(),
    body,
    minimizedReason: null,
    reactions: [],
    reviewId,
    thread: { id: `PRRT_${id}`, isResolved: false, resolvedBy: null },
    inReplyTo: null,
    path,
    side: "RIGHT",
    commitId,
    originalLine: line,
    originalStartLine: startLine ?? null,
    line,
    startLine: startLine ?? null,
  };
}

/** Takes a pending review away, with its comments. */
export function removeReview(pull: PullState, review: ReviewState): void {
  pull.reviews.splice(pull.reviews.indexOf(review), 1);
  const gone = pull.comments.filter(({ reviewId }) => reviewId === review.id);
  for (const comment of gone) pull.comments.splice(pull.comments.indexOf(comment), 1);
}

/** @throws Refusal when it is not there, or was submitted: then it stays for ever (GITHUB.md §2). */
function pendingOf(pull: PullState, { review_id: id }: Readonly<Record<string, string>>): ReviewState {
  const review = pull.reviews.find((one) => String(one.id) === id);
  if (review === undefined || (review.state === "PENDING" && review.author !== BOT))
    throw new Refusal(404, "Not Found");
  if (review.state !== "PENDING") throw new Refusal(422, "Can not delete a non-pending pull request review");
  return review;
}

/** @throws Refusal 403 for a comment that somebody else wrote. */
function ownComment({ repository, parameters, permissions }: RouteRequest) {
  need(permissions, "pull_requests");
  const found = findComment(repository, "comments", Number(parameters.comment_id));
  if (found === null) throw new Refusal(404, "Not Found");
  if (found.comment.author !== BOT) throw new Refusal(403, "Resource not accessible by integration");
  return found;
}

function refuse(message: string): Refusal {
  return new Refusal(422, "Unprocessable Entity", [message]);
}
