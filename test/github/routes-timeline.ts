import { addReaction, checkBody, findComment, isPending } from "./comments.ts";
import { now } from "./now.ts";
import { reactionObject, timelineCommentObject } from "./objects.ts";
import { BOT, userObject } from "./people.ts";
import { listed, ok } from "./route-helpers.ts";
import type { Route, RouteAnswer, RouteContext, RouteRequest } from "./routes.ts";
import { type PullState, Refusal, type TimelineCommentState } from "./state.ts";

/** Comments in the timeline, reactions, and what people may do. */
export const TIMELINE_ROUTES: Readonly<Record<string, Route>> = {
  "issues/list-comments": (request) => {
    mayRead(request);
    return listed(pullOfIssue(request).timeline.map(timelineCommentObject), request.query);
  },
  "issues/get-comment": (request) => {
    mayRead(request);
    return ok(timelineCommentObject(timelineComment(request).comment));
  },
  "issues/create-comment": (request, { nextId }) => {
    mayWrite(request);
    const pull = pullOfIssue(request);
    const body = String(request.body.body);
    checkBody(body);
    return ok(timelineCommentObject(addTimelineComment(pull, BOT, body, nextId)), 201);
  },
  "issues/update-comment": (request) => {
    const { comment } = ownTimelineComment(request);
    const body = String(request.body.body);
    checkBody(body);
    comment.body = body;
    return ok(timelineCommentObject(comment));
  },
  "issues/delete-comment": (request) => {
    const { pull, comment } = ownTimelineComment(request);
    pull.timeline.splice(pull.timeline.indexOf(comment), 1);
    return { status: 204, body: null };
  },
  "reactions/create-for-issue-comment": (request, context) => {
    mayWrite(request);
    return react(timelineComment(request).comment, request, context);
  },
  "reactions/create-for-pull-request-review-comment": (request, context) => {
    if (request.permissions.pull_requests !== "write") throw forbidden();
    const found = findComment(request.repository, "comments", Number(request.parameters.comment_id));
    const isHidden = found !== null && found.comment.author !== BOT && isPending(found.pull, found.comment);
    if (found === null || isHidden) throw new Refusal(404, "Not Found");
    return react(found.comment, request, context);
  },
  "repos/get-collaborator-permission-level": ({ repository, parameters }) => {
    const login = parameters.username ?? "";
    // Everybody reads a public repository.
    const permission = repository.people.get(login) ?? "read";
    return ok({ permission, role_name: permission, user: userObject(login) });
  },
};

export function addTimelineComment(
  pull: PullState,
  author: string,
  body: string,
  nextId: () => number,
): TimelineCommentState {
  const comment: TimelineCommentState = {
    kind: "timeline",
    id: nextId(),
    author,
    createdAt: now(),
    body,
    minimizedReason: null,
    reactions: [],
  };
  pull.timeline.push(comment);
  return comment;
}

function react(
  comment: Parameters<typeof addReaction>[0],
  { body }: RouteRequest,
  { nextId }: RouteContext,
): RouteAnswer {
  const { reaction, isNew } = addReaction(comment, BOT, String(body.content), nextId);
  return ok(reactionObject(reaction), isNew ? 201 : 200);
}

/** The permission for issues or the one for pull requests: either suffices for a pull request's timeline (GITHUB.md §6). */
function mayWrite({ permissions }: RouteRequest): void {
  if (permissions.issues !== "write" && permissions.pull_requests !== "write") throw forbidden();
}

function mayRead({ permissions }: RouteRequest): void {
  if (permissions.issues === undefined && permissions.pull_requests === undefined) throw forbidden();
}

function pullOfIssue({ repository, parameters }: RouteRequest): PullState {
  const pull = repository.pulls.get(Number(parameters.issue_number));
  if (pull === undefined) throw new Refusal(404, "Not Found");
  return pull;
}

function timelineComment({ repository, parameters }: RouteRequest) {
  const found = findComment(repository, "timeline", Number(parameters.comment_id));
  if (found === null) throw new Refusal(404, "Not Found");
  return found;
}

/** @throws Refusal 403 for a comment that somebody else wrote. */
function ownTimelineComment(request: RouteRequest) {
  mayWrite(request);
  const found = timelineComment(request);
  if (found.comment.author !== BOT) throw forbidden();
  return found;
}

function forbidden(): Refusal {
  return new Refusal(403, "Resource not accessible by integration");
}
