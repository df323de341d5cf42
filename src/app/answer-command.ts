import { settingRows } from "../configuration/describe-settings.ts";
import type { GitHubClient } from "../github/client.ts";
import type { CommentPlace } from "../github/comment-place.ts";
import { createTimelineComment } from "../github/create-timeline-comment.ts";
import { reactToComment } from "../github/react-to-comment.ts";
import { type Permission, readPermission } from "../github/read-permission.ts";
import type { PullRequestState } from "../github/read-pull-request-state.ts";
import { replyInThread } from "../github/reply-in-thread.ts";
import { withAnswerMarker } from "../review/answer-marker.ts";
import {
  configurationText,
  explainText,
  helpText,
  ignoredText,
  refusalText,
  unknownCommandText,
  unknownRuleText,
} from "../review/command-answers.ts";
import { findRule } from "../review/find-rule.ts";
import type { Command } from "../review/parse-command.ts";
import { applyFixes } from "./apply-fixes.ts";
import { createLinks } from "./links.ts";
import { problemNotes } from "./problem-notes.ts";
import { type KnownPullRequest, readWithSettings } from "./read-with-settings.ts";
import { recordFeedback } from "./record-feedback.ts";
import type { Engine } from "./review-commits.ts";
import type { PullRequestTarget } from "./review-pull-request.ts";
import { rulePage } from "./rule-page.ts";

/** A command that somebody wrote. */
export interface CommandRequest {
  readonly command: Command;
  readonly login: string;
  readonly comment: CommentPlace;
}

/** What answering needs besides GitHub. */
export interface CommandTools {
  readonly engine: Engine;
  /** Has the pull request reviewed, after what is done here. */
  review(headSha: string): void;
}

/** What came of a command. */
interface Answer {
  readonly isDone: boolean;
  /** Markdown; null where a reaction says enough. */
  readonly text: string | null;
  readonly wantsReview?: boolean;
  /** The answer is about the pull request, not about a thread. */
  readonly isForTimeline?: boolean;
}

/**
 * Carries out a command: eyes at once, then what was asked for, an answer where there is something to say, and a
 * thumbs-up or a confused face. Doing it again answers nothing twice.
 * @returns What happened, for the log.
 */
export async function answerCommand(
  client: GitHubClient,
  target: PullRequestTarget,
  { command, login, comment }: CommandRequest,
  tools: CommandTools,
): Promise<string> {
  const { owner, repo, number } = target;
  await reactToComment(client, { owner, repo }, comment, "eyes");
  const known = await readWithSettings(client, { owner, repo }, number, tools.engine.appId);
  const { state } = known;
  if (state.answered.includes(comment.id)) {
    // The job may have ended between its answer and the review.
    if (command.verb === "ignore") tools.review(state.headSha);
    return "answered before";
  }
  const permission = await readPermission(client, { owner, repo }, login);
  const request = { command, login, comment, permission };
  const { isDone, text, wantsReview, isForTimeline } = await carryOut(client, target, known, request, tools);
  if (text !== null) await writeAnswer(client, target, comment, text, isForTimeline);
  if (wantsReview === true) tools.review(state.headSha);
  await reactToComment(client, { owner, repo }, comment, isDone ? "+1" : "confused");
  return `${command.verb}: ${isDone ? "done" : "refused"}`;
}

/** Writes an answer where the command stands, or in the timeline. */
export async function writeAnswer(
  client: GitHubClient,
  { owner, repo, number }: PullRequestTarget,
  comment: CommentPlace,
  text: string,
  isForTimeline = false,
): Promise<void> {
  const body = withAnswerMarker(text, comment.id);
  if (comment.kind === "timeline" || isForTimeline)
    await createTimelineComment(client, { owner, repo }, number, body);
  else await replyInThread(client, { owner, repo }, number, comment.rootId, body);
}

async function carryOut(
  client: GitHubClient,
  target: PullRequestTarget,
  known: KnownPullRequest,
  request: CommandRequest & { readonly permission: Permission },
  tools: CommandTools,
): Promise<Answer> {
  const { command, login, permission } = request;
  const { state, loaded } = known;
  if (permission === "none") return refusal("no access");
  const mayWrite = permission === "admin" || permission === "write";
  switch (command.verb) {
    case "help":
      return { isDone: true, text: helpText() };
    case "unknown":
      return { isDone: false, text: unknownCommandText(command.word, command.nearest) };
    case "config":
      return {
        isDone: true,
        text: configurationText(settingRows(loaded.settings), problemNotes(loaded.problems)),
      };
    case "explain":
      return explain(command.rule, target, state);
    case "review":
      if (!mayWrite && login !== state.author?.login) return refusal("no write access");
      if (!state.isOpen) return refusal("closed");
      return { isDone: true, text: null, wantsReview: true };
    case "ignore":
      if (!mayWrite) return refusal("no write access");
      return ignore(command.rule, login, command.reason);
    case "false-positive":
      return recordFalsePositive(target, state, request, command.reason, tools.engine);
    case "apply": {
      const { isApplied, text } = await applyFixes(client, target, known, permission, tools.engine);
      return { isDone: isApplied, text };
    }
  }
}

function refusal(reason: Parameters<typeof refusalText>[0]): Answer {
  return { isDone: false, text: refusalText(reason) };
}

function explain(word: string, { htmlUrl }: PullRequestTarget, { headSha }: PullRequestState): Answer {
  const rule = findRule(word);
  if ("nearest" in rule) return { isDone: false, text: unknownRuleText(word, rule.nearest) };
  const link = createLinks(htmlUrl, headSha).rulePage(rule.name);
  return { isDone: true, text: explainText(rule, rulePage(rule.name), link) };
}

function ignore(word: string, login: string, reason: string): Answer {
  const rule = findRule(word);
  if ("nearest" in rule) return { isDone: false, text: unknownRuleText(word, rule.nearest) };
  return {
    isDone: true,
    text: ignoredText(rule, login, reason),
    wantsReview: true,
    isForTimeline: true,
  };
}

function recordFalsePositive(
  target: PullRequestTarget,
  { threads }: PullRequestState,
  { login, comment }: CommandRequest,
  reason: string,
  { feedback }: Engine,
): Answer {
  const thread = comment.kind === "thread" && threads.find(({ rootId }) => rootId === comment.rootId);
  if (thread === undefined || thread === false) return refusal("not in a thread");
  recordFeedback(feedback, target, thread, { login, reason, source: "command" });
  return { isDone: true, text: null };
}
