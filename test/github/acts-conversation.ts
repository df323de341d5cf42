import type { RequestedComment } from "./anchors.ts";
import { headOf } from "./change.ts";
import { addReaction, addReply, visibleComments } from "./comments.ts";
import { mergeCommit } from "./merge-commit.ts";
import {
  checkRunObject,
  commentObject,
  issueObject,
  labelObject,
  pullObject,
  timelineCommentObject,
} from "./objects.ts";
import { PERSON, userObject } from "./people.ts";
import type { AppGrant } from "./permissions.ts";
import { createReview } from "./routes-reviews.ts";
import { addTimelineComment } from "./routes-timeline.ts";
import type { ApiState } from "./serve.ts";
import type {
  CommentState,
  PermissionLevel,
  PullState,
  RepositoryState,
  TimelineCommentState,
} from "./state.ts";

/** What people do on a pull request's page. They are octocat where nobody is named; ids are those of comments. */
export interface ConversationActs {
  setPermission(repository: RepositoryState, login: string, permission: PermissionLevel): void;
  /** The App asks for other permissions or events. Installations keep what they had until their owner agrees. */
  changeApp(grant: Partial<AppGrant>): void;
  /** An owner agrees to other permissions or events; tokens that are out keep the old ones. */
  grant(installationId: number, grant: Partial<AppGrant>): void;
  /** A comment in the timeline; answers its id. */
  comment(repository: RepositoryState, number: number, body: string, by?: string): Promise<number>;
  /** A comment of a person on lines: the beginning of a thread. */
  commentOnLines(
    repository: RepositoryState,
    number: number,
    comment: RequestedComment,
    by?: string,
  ): Promise<number>;
  /** Replies in the thread of a comment. */
  reply(
    repository: RepositoryState,
    number: number,
    commentId: number,
    body: string,
    by?: string,
  ): Promise<number>;
  /** "Resolve conversation" in the thread of a comment, or "Unresolve conversation". */
  setResolved(
    repository: RepositoryState,
    number: number,
    commentId: number,
    isResolved: boolean,
    by?: string,
  ): Promise<void>;
  /** A reaction to a comment on lines or in the timeline, as REST writes it (`-1`). No webhook tells of it. */
  react(repository: RepositoryState, number: number, commentId: number, content: string, by?: string): void;
  /** Presses one of a check run's buttons, which are there once it is completed. */
  pressAction(
    repository: RepositoryState,
    checkRunId: number,
    identifier: string,
    by?: string,
  ): Promise<void>;
  /** "Create a merge commit"; answers it. */
  merge(repository: RepositoryState, number: number, by?: string): Promise<string>;
  setLabels(
    repository: RepositoryState,
    number: number,
    labels: readonly string[],
    by?: string,
  ): Promise<void>;
  convertToDraft(repository: RepositoryState, number: number, by?: string): Promise<void>;
  timeline(repository: RepositoryState, number: number): readonly TimelineCommentState[];
}

interface ConversationDesk {
  readonly state: ApiState;
  nextId(): number;
  pullOf(repository: RepositoryState, number: number): PullState;
  deliver(repository: RepositoryState, event: string, known: Record<string, unknown>): Promise<void>;
  deliverPull(
    repository: RepositoryState,
    number: number,
    action: string,
    by?: string,
    more?: object,
  ): Promise<void>;
  moved(
    repository: RepositoryState,
    branch: string,
    before: string | null,
    forced: boolean,
    by?: string,
  ): Promise<string>;
}

export function createConversationActs(desk: ConversationDesk): ConversationActs {
  const { state, nextId, pullOf, deliver, deliverPull, moved } = desk;
  const { world } = state.context;

  /** A comment on lines that people see. */
  function commentOf(pull: PullState, id: number): CommentState {
    const comment = visibleComments(pull, null).find((one) => one.id === id);
    if (comment === undefined) throw new Error(`no comment ${id}`);
    return comment;
  }

  async function commentCreated(
    repository: RepositoryState,
    pull: PullState,
    comment: CommentState,
  ): Promise<number> {
    await deliver(repository, "pull_request_review_comment", {
      action: "created",
      comment: commentObject(comment),
      pull_request: pullObject(world, repository, pull),
      sender: userObject(comment.author),
    });
    return comment.id;
  }

  return {
    setPermission: (repository, login, permission) => void repository.people.set(login, permission),
    changeApp(grant) {
      state.grant = { ...state.grant, ...grant };
    },
    grant(installationId, grant) {
      const installation = state.installations.get(installationId);
      if (installation === undefined) throw new Error(`no installation ${installationId}`);
      Object.assign(installation, grant);
    },
    async comment(repository, number, body, by = PERSON) {
      const pull = pullOf(repository, number);
      const comment = addTimelineComment(pull, by, body, nextId);
      await deliver(repository, "issue_comment", {
        action: "created",
        issue: issueObject(world, repository, pull),
        comment: timelineCommentObject(comment),
        sender: userObject(by),
      });
      return comment.id;
    },
    commentOnLines(repository, number, comment, by = PERSON) {
      const pull = pullOf(repository, number);
      const wanted = { body: "", event: "APPROVE", comments: [comment] } as const;
      const review = createReview(repository, pull, wanted, by, nextId);
      // A person's comment needs no text for the review around it, which the API demands.
      review.state = "COMMENTED";
      const [created] = pull.comments.slice(-1);
      if (created === undefined) throw new Error("the comment was not created");
      return commentCreated(repository, pull, created);
    },
    reply(repository, number, commentId, body, by = PERSON) {
      const pull = pullOf(repository, number);
      const to = commentOf(pull, commentId);
      const commitId = headOf(repository, pull);
      const reply = addReply(pull, to, { author: by, body, commitId }, nextId);
      return commentCreated(repository, pull, reply);
    },
    async setResolved(repository, number, commentId, isResolved, by = PERSON) {
      const pull = pullOf(repository, number);
      const { thread } = commentOf(pull, commentId);
      [thread.isResolved, thread.resolvedBy] = [isResolved, isResolved ? by : null];
      const comments = visibleComments(pull, null).filter((one) => one.thread === thread);
      await deliver(repository, "pull_request_review_thread", {
        action: isResolved ? "resolved" : "unresolved",
        pull_request: pullObject(world, repository, pull),
        thread: { node_id: thread.id, comments: comments.map(commentObject) },
        sender: userObject(by),
      });
    },
    react(repository, number, commentId, content, by = PERSON) {
      const pull = pullOf(repository, number);
      const inTimeline = pull.timeline.find(({ id }) => id === commentId);
      addReaction(inTimeline ?? commentOf(pull, commentId), by, content, nextId);
    },
    async pressAction(repository, checkRunId, identifier, by = PERSON) {
      const run = repository.checkRuns.find(({ id }) => id === checkRunId);
      const isShown = run?.status === "completed" && run.actions.some((one) => one.identifier === identifier);
      if (run === undefined || !isShown) throw new Error(`check run ${checkRunId} shows no ${identifier}`);
      await deliver(repository, "check_run", {
        action: "requested_action",
        check_run: checkRunObject(world, run),
        requested_action: { identifier },
        sender: userObject(by),
      });
    },
    async merge(repository, number, by = PERSON) {
      const pull = pullOf(repository, number);
      if (!pull.isOpen || pull.isDraft) throw new Error(`pull request ${number} cannot be merged`);
      const merge = mergeCommit(repository, pull);
      repository.git.text("update-ref", `refs/heads/${pull.baseBranch}`, merge.sha, merge.baseSha);
      pull.merge = { ...merge, by };
      pull.isOpen = false;
      await moved(repository, pull.baseBranch, merge.baseSha, false, by);
      await deliverPull(repository, number, "closed", by);
      return merge.sha;
    },
    async setLabels(repository, number, labels, by = PERSON) {
      const pull = pullOf(repository, number);
      const old = pull.labels;
      pull.labels = labels;
      const changes = [
        ...old.filter((one) => !labels.includes(one)).map((name) => ["unlabeled", name] as const),
        ...labels.filter((one) => !old.includes(one)).map((name) => ["labeled", name] as const),
      ];
      for (const [action, name] of changes)
        await deliverPull(repository, number, action, by, { label: labelObject(name) });
    },
    async convertToDraft(repository, number, by = PERSON) {
      pullOf(repository, number).isDraft = true;
      await deliverPull(repository, number, "converted_to_draft", by);
    },
    timeline: (repository, number) => pullOf(repository, number).timeline,
  };
}
