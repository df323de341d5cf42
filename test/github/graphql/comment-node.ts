import { visibleComments } from "../comments.ts";
import { actorNode, BOT, isBot, userNode } from "../people.ts";
import type { AnyCommentState, CommentState, PullState, TimelineCommentState } from "../state.ts";
import { type Bounds, connection } from "./connection.ts";

/** How GraphQL calls what REST writes as `+1`. */
const CONTENT: Readonly<Record<string, string>> = {
  THUMBS_UP: "+1",
  THUMBS_DOWN: "-1",
  LAUGH: "laugh",
  HOORAY: "hooray",
  CONFUSED: "confused",
  HEART: "heart",
  ROCKET: "rocket",
  EYES: "eyes",
};

/** A reaction's name in the REST API. */
export function restContent(content: string): string {
  return CONTENT[content] ?? content;
}

export function commentId({ kind, id }: CommentState | TimelineCommentState): string {
  return `${kind === "review" ? "PRRC" : "IC"}_${id}`;
}

export function timelineCommentNode(comment: TimelineCommentState) {
  return {
    ...anyCommentNode(comment, commentId(comment)),
    __typename: "IssueComment",
    url: `https://github.com/#issuecomment-${comment.id}`,
  };
}

/** A comment on lines. */
export function reviewCommentNode(pull: PullState, comment: CommentState) {
  const { path, line, startLine, originalLine, originalStartLine, inReplyTo, id } = comment;
  const review = pull.reviews.find((one) => one.id === comment.reviewId);
  const root = visibleComments(pull, BOT).find((one) => one.id === inReplyTo);
  return {
    ...anyCommentNode(comment, commentId(comment)),
    __typename: "PullRequestReviewComment",
    url: `https://github.com/#discussion_r${id}`,
    path,
    line,
    startLine,
    originalLine,
    originalStartLine,
    outdated: line === null,
    state: review?.state === "PENDING" ? "PENDING" : "SUBMITTED",
    replyTo: root === undefined ? null : () => reviewCommentNode(pull, root),
  };
}

function anyCommentNode(comment: AnyCommentState, id: string) {
  const { author, body, createdAt, minimizedReason, reactions } = comment;
  return {
    id,
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    body,
    createdAt,
    updatedAt: createdAt,
    author: actorNode(author),
    authorAssociation: "NONE",
    viewerDidAuthor: author === BOT,
    viewerCanUpdate: author === BOT,
    viewerCanDelete: author === BOT,
    viewerCanReact: true,
    isMinimized: minimizedReason !== null,
    minimizedReason: minimizedReason?.toLowerCase().replace("_", "-") ?? null,
    reactions: ({ content, ...bounds }: Bounds & { content?: string | null }) =>
      connection(
        reactions
          .filter((one) => content == null || one.content === restContent(content))
          .map((one) => ({
            __typename: "Reaction",
            id: `REA_${one.id}`,
            databaseId: one.id,
            content: Object.keys(CONTENT).find((name) => CONTENT[name] === one.content),
            createdAt: one.createdAt,
            // A bot is no `User`.
            user: isBot(one.user) ? null : userNode(one.user),
          })),
        bounds,
      ),
    reactionGroups: Object.keys(CONTENT).map((content) => {
      const users = reactions.filter((one) => one.content === restContent(content)).map(({ user }) => user);
      return {
        content,
        createdAt: null,
        viewerHasReacted: users.includes(BOT),
        reactors: (bounds: Bounds) => connection(users.map(actorNode), bounds),
        users: (bounds: Bounds) => connection(users.filter((user) => !isBot(user)).map(userNode), bounds),
      };
    }),
  };
}
