import { changeThreads } from "../github/change-threads.ts";
import { completeCheckRun } from "../github/check-runs.ts";
import type { GitHubClient, Repository } from "../github/client.ts";
import { createReviewWithFallback } from "../github/create-review.ts";
import { createTimelineComment } from "../github/create-timeline-comment.ts";
import { deletePendingReview } from "../github/delete-pending-review.ts";
import { isNotPermitted } from "../github/github-error.ts";
import { grantedPermissions } from "../github/granted-permissions.ts";
import { LISTED_FILES } from "../github/limits.ts";
import { readPullRequest } from "../github/read-pull-request.ts";
import type { PullRequestState } from "../github/read-pull-request-state.ts";
import { offeredActions } from "../review/apply-action.ts";
import { skippedCheck } from "../review/plan-check.ts";
import { planReview, type ReviewInput, toldFindings } from "../review/plan-review.ts";
import type { ReviewPlan } from "../review/review-plan.ts";
import { withNotes } from "../review/with-notes.ts";
import { withoutComments } from "../review/without-comments.ts";
import { changeOf } from "./change-of.ts";
import { jobKey } from "./job-key.ts";
import { createLinks } from "./links.ts";
import { problemNotes } from "./problem-notes.ts";
import { readWithSettings } from "./read-with-settings.ts";
import { recordDislikes } from "./record-feedback.ts";
import { type Engine, reviewCommits } from "./review-commits.ts";
import { startRun } from "./start-run.ts";
import { unlistedNotes } from "./unlisted-notes.ts";
import { uploadFindings } from "./upload-findings.ts";

export type ReviewOutcome = "reviewed" | "silent" | "not open" | "not wanted" | "head moved";

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
  const { state, loaded } = await readWithSettings(client, repository, number, engine.appId);
  const { settings } = loaded;
  recordDislikes(engine.feedback, { owner, repo, number, htmlUrl }, state.threads);
  if (!state.isOpen) return leave(client, repository, state, "not open", "The pull request is closed.");
  const reason = settings.reviews(state);
  if (reason !== null) return leave(client, repository, state, "not wanted", reason);
  const { headSha, checkRuns } = state;
  const [checkRun, change] = await Promise.all([
    startRun(client, repository, headSha, jobKey.pull(number), checkRuns),
    changeOf(client, repository, state),
  ]);
  const reviewed = await reviewCommits(client, repository, engine, change, loaded);
  const permissions = await grantedPermissions(client);
  const links = createLinks(htmlUrl, headSha);
  const input: ReviewInput = {
    headSha,
    ...reviewed,
    notes: [
      ...problemNotes(loaded.problems),
      ...unlistedNotes(change.isIncomplete, LISTED_FILES),
      ...reviewed.notes,
    ],
    failOn: settings.failOn,
    isOn: (code, path) => (path === null ? settings.selected : settings.codesFor(path)).has(code),
    threads: state.threads,
    summary: state.summary,
    ignored: state.ignored,
    isIncomplete: change.isIncomplete,
    maxComments: settings.maxComments,
    actions: offeredActions({ ...state, canCommit: permissions.contents === "write" }),
    links,
  };
  const said = await say(client, repository, state, planReview(input));
  let { plan } = said;
  if (settings.sarif && said.outcome !== "head moved") {
    const found = toldFindings(input);
    const note = await uploadFindings(client, repository, {
      number,
      headSha,
      files: reviewed.files,
      found,
      links,
    });
    if (note !== null) plan = withNotes(plan, [note]);
  }
  if (checkRun !== null) await completeCheckRun(client, repository, checkRun, plan.check);
  return said.outcome;
}

/**
 * Ends without a review. A check run that a job left behind is closed; a pull request that is skipped on purpose gets a
 * run that says so, because somewhere the check may be required for merging.
 */
async function leave(
  client: GitHubClient,
  repository: Repository,
  state: PullRequestState,
  outcome: ReviewOutcome,
  reason: string,
): Promise<ReviewOutcome> {
  const { headSha, checkRuns, isDraft, isOpen } = state;
  const key = jobKey.pull(state.number);
  const left = checkRuns.find((run) => run.externalId === key);
  const isNeeded = left === undefined ? isOpen && !isDraft : !left.isCompleted;
  const checkRun = isNeeded ? await startRun(client, repository, headSha, key, checkRuns) : null;
  if (checkRun !== null) await completeCheckRun(client, repository, checkRun, skippedCheck(reason));
  return outcome;
}

const FOLDED = "Fixed threads are folded, not resolved: resolving needs the permission `contents: write`.";

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
  if (!now.isOpen) return { outcome: "not open", plan };
  if (now.headSha !== headSha) return { outcome: "head moved", plan };
  try {
    for (const id of pendingReviews) await deletePendingReview(client, repository, number, id);
    const failed = await changeThreads(client, changes);
    const notes = plan.isFolding ? [FOLDED] : [];
    if (failed.length > 0)
      notes.push(
        `GitHub refused to change ${failed.length === 1 ? "a thread" : `${failed.length} threads`}.`,
      );
    let said = withNotes(plan, notes);
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
