import { changeThreads } from "../github/change-threads.ts";
import { type CheckRun, completeCheckRun, startCheckRun } from "../github/check-runs.ts";
import type { GitHubClient, Repository } from "../github/client.ts";
import { createReviewWithFallback } from "../github/create-review.ts";
import { createTimelineComment } from "../github/create-timeline-comment.ts";
import { deletePendingReview } from "../github/delete-pending-review.ts";
import { isNotPermitted } from "../github/github-error.ts";
import { readPullRequest } from "../github/read-pull-request.ts";
import { type PullRequestState, readPullRequestState } from "../github/read-pull-request-state.ts";
import { skippedCheck } from "../review/plan-check.ts";
import { planReview } from "../review/plan-review.ts";
import type { ReviewPlan } from "../review/review-plan.ts";
import { withNotes } from "../review/with-notes.ts";
import { withoutComments } from "../review/without-comments.ts";
import { changeOf } from "./change-of.ts";
import { jobKey } from "./job-key.ts";
import { createLinks } from "./links.ts";
import { type Engine, reviewCommits } from "./review-commits.ts";

/** Most open comments on lines where the configuration says nothing. */
const MAX_COMMENTS = 10;

export type ReviewOutcome = "reviewed" | "silent" | "not open" | "draft" | "head moved";

/** A pull request to review. */
export interface PullRequestTarget extends Repository {
  readonly number: number;
  /** The repository's page. */
  readonly htmlUrl: string;
}

/**
 * Reviews a pull request as it is now: one review for what is new since the last one, the threads brought up to date,
 * and the check run on its head. Doing it again changes nothing.
 */
export async function reviewPullRequest(
  client: GitHubClient,
  { owner, repo, number, htmlUrl }: PullRequestTarget,
  engine: Engine,
): Promise<ReviewOutcome> {
  const repository = { owner, repo };
  const { state } = await readPullRequestState(client, repository, number, engine.appId);
  if (!state.isOpen) return leave(client, repository, state, "not open", "The pull request is closed.");
  if (state.isDraft) return leave(client, repository, state, "draft", "The pull request is a draft.");
  const { headSha } = state;
  const [checkRun, change] = await Promise.all([
    startRun(client, repository, state),
    changeOf(client, repository, state),
  ]);
  const reviewed = await reviewCommits(client, repository, engine, change);
  const plan = planReview({
    headSha,
    ...reviewed,
    failOn: "never",
    threads: state.threads,
    summary: state.summary,
    ignored: state.ignored,
    isIncomplete: change.isIncomplete,
    maxComments: MAX_COMMENTS,
    actions: [],
    links: createLinks(htmlUrl, headSha),
  });
  const said = await say(client, repository, state, plan);
  if (checkRun !== null) await completeCheckRun(client, repository, checkRun, said.plan.check);
  return said.outcome;
}

/** Ends without a review; a check run that a job left behind is closed. */
async function leave(
  client: GitHubClient,
  repository: Repository,
  { number, headSha, checkRuns }: PullRequestState,
  outcome: ReviewOutcome,
  reason: string,
): Promise<ReviewOutcome> {
  const left = checkRuns.find((run) => run.externalId === jobKey.pull(number) && !run.isCompleted);
  if (left !== undefined)
    await completeCheckRun(client, repository, { ...left, headSha }, skippedCheck(reason));
  return outcome;
}

/** Null where the installation did not permit checks: the review does without. */
async function startRun(
  client: GitHubClient,
  repository: Repository,
  { headSha, number, checkRuns }: PullRequestState,
): Promise<CheckRun | null> {
  try {
    return await startCheckRun(client, repository, headSha, jobKey.pull(number), checkRuns);
  } catch (error) {
    if (isNotPermitted(error)) return null;
    throw error;
  }
}

interface Said {
  readonly outcome: ReviewOutcome;
  /** The plan with what could not be said. */
  readonly plan: ReviewPlan;
}

/** Posts what the plan says, if the pull request still is what was looked at. */
async function say(
  client: GitHubClient,
  repository: Repository,
  { number, headSha, pendingReviews }: PullRequestState,
  plan: ReviewPlan,
): Promise<Said> {
  const { threads, review, summary } = plan;
  const changes = [...threads, ...(summary?.kind === "update" ? [summary] : [])];
  if (changes.length === 0 && review === null && summary === null) return { outcome: "silent", plan };
  const now = await readPullRequest(client, repository, number);
  if (now.state === "closed") return { outcome: "not open", plan };
  if (now.headSha !== headSha) return { outcome: "head moved", plan };
  try {
    for (const id of pendingReviews) await deletePendingReview(client, repository, number, id);
    const failed = await changeThreads(client, changes);
    let said = withNotes(
      plan,
      failed.length === 0
        ? []
        : [`GitHub refused to change ${failed.length === 1 ? "a thread" : `${failed.length} threads`}.`],
    );
    if (review !== null) {
      const refused = await createReviewWithFallback(client, { ...repository, number, headSha }, review);
      said = withoutComments(said, refused);
    }
    if (summary?.kind === "create") await createTimelineComment(client, repository, number, summary.body);
    return { outcome: review === null ? "silent" : "reviewed", plan: said };
  } catch (error) {
    if (!isNotPermitted(error)) throw error;
    const note = "Comments are missing: the App is not permitted to write them (`pull_requests: write`).";
    return { outcome: "silent", plan: withNotes(plan, [note]) };
  }
}
