import type { GitHubClient } from "../github/client.ts";
import { type CommitOutcome, createCommit, MAX_COMMIT_BYTES } from "../github/create-commit.ts";
import { toGitHubError } from "../github/github-error.ts";
import { grantedPermissions } from "../github/granted-permissions.ts";
import type { Permission } from "../github/read-permission.ts";
import { type PullRequestState, readPullRequestState } from "../github/read-pull-request-state.ts";
import {
  appliedText,
  obstructedText,
  type Refusal,
  refusalText,
  refusedCommitText,
} from "../review/command-answers.ts";
import { commitMessage } from "../review/commit-message.ts";
import { findingsOf } from "../review/plan-review.ts";
import { settledFindings } from "../review/settled-findings.ts";
import { changeOf } from "./change-of.ts";
import { type KnownPullRequest, readWithSettings } from "./read-with-settings.ts";
import type { RepairedChange } from "./repair-change.ts";
import { type Engine, type ReviewedChange, reviewCommits } from "./review-commits.ts";
import type { PullRequestTarget } from "./review-pull-request.ts";

/** What came of it, and what is to be said to whoever asked. */
export interface ApplyResult {
  readonly isApplied: boolean;
  readonly text: string;
}

/** Times that the head is analysed again because the branch moved meanwhile. */
const MAX_ATTEMPTS = 3;

/**
 * Commits all grade A repairs of a pull request's findings in one commit, on the head that was analysed or not at all.
 * @param first The pull request as it was read last.
 * @param permission What the person who asks may do.
 * @throws GitHubError, AnalysisFailed
 */
export async function applyFixes(
  client: GitHubClient,
  target: PullRequestTarget,
  first: KnownPullRequest,
  permission: Permission,
  engine: Engine,
): Promise<ApplyResult> {
  const { owner, repo, number } = target;
  const { contents } = await grantedPermissions(client);
  let known = first;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    if (attempt > 1) known = await readWithSettings(client, { owner, repo }, number, engine.appId);
    const { state } = known;
    const refusal = refusalOf(state, permission, contents === "write");
    if (refusal !== null) return refused(refusalText(refusal));
    const change = await repair(client, target, known, engine);
    if (change.files.size === 0)
      return refused(
        change.obstacles.size > 0 ? obstructedText(change.obstacles) : refusalText("nothing to repair"),
      );
    const outcome = await commit(client, target, state, change, engine.appId);
    if (outcome.kind === "stale") continue;
    if (outcome.kind === "not permitted") return refused(refusalText("not granted"));
    if (outcome.kind === "refused") return refused(refusedCommitText(outcome.message));
    const { obstacles, leftOut, repaired } = change;
    const text = appliedText({ sha: outcome.sha, repaired: repaired.length, obstacles, leftOut });
    return { isApplied: true, text };
  }
  return refused(refusalText("head moves"));
}

function refused(text: string): ApplyResult {
  return { isApplied: false, text };
}

function refusalOf(
  { isOpen, isFork, isOwnHead }: PullRequestState,
  permission: Permission,
  canCommit: boolean,
): Refusal | null {
  if (!isOpen) return "closed";
  // Also the author of the fork, who may push there, has no way to let us do it.
  if (isFork) return "fork";
  if (permission !== "admin" && permission !== "write") return "no write access";
  if (isOwnHead) return "own head";
  return canCommit ? null : "not granted";
}

const UNCHANGED: RepairedChange = { files: new Map(), repaired: [], obstacles: new Map(), leftOut: 0 };

async function repair(
  client: GitHubClient,
  { owner, repo }: PullRequestTarget,
  { state, loaded }: KnownPullRequest,
  engine: Engine,
): Promise<RepairedChange> {
  const change = await changeOf(client, { owner, repo }, state);
  const reviewed = await reviewCommits(client, { owner, repo }, engine, change, loaded);
  const codes = repairableCodes(
    reviewed,
    state.ignored.map(({ code }) => code),
  );
  if (reviewed.source === null || codes.size === 0) return UNCHANGED;
  return engine.thread.repair({
    ...reviewed.source,
    reviewed: reviewed.files,
    codes,
    settled: settledFindings(state.threads),
    locked: lockedPaths(reviewed),
    maxBytes: MAX_COMMIT_BYTES,
  });
}

/** Codes of the findings that the review tells of and that can be repaired without a decision, by path. */
function repairableCodes({ files }: ReviewedChange, ignored: readonly string[]): Map<string, string[]> {
  const codes = new Map<string, string[]>();
  for (const { path, diagnostic } of findingsOf(files)) {
    if (diagnostic.fix?.grade !== "A" || ignored.includes(diagnostic.code)) continue;
    codes.set(path, [...new Set([...(codes.get(path) ?? []), diagnostic.code])]);
  }
  return codes;
}

/** Files that are not committed to, with the reason. */
function lockedPaths({ files, executables }: ReviewedChange): Map<string, string> {
  const locked = new Map<string, string>();
  // New files become plain ones; what becomes of the mode of a file that exists is not documented (GITHUB.md §4).
  for (const path of executables)
    locked.set(path, "it is executable, and GitHub does not say that a commit of an App keeps that");
  for (const { path } of files)
    if (path.startsWith(".github/workflows/"))
      locked.set(path, "files beside workflows may only be changed with a permission of their own");
  return locked;
}

/** Commits; when the answer was lost, the branch tells whether the commit was made. */
async function commit(
  client: GitHubClient,
  { owner, repo, number }: PullRequestTarget,
  { headBranch, headSha }: PullRequestState,
  { files, repaired }: RepairedChange,
  appId: number,
): Promise<CommitOutcome> {
  try {
    return await createCommit(
      client,
      { owner, repo },
      { branch: headBranch, headSha, ...commitMessage(repaired), files },
    );
  } catch (error) {
    const failure = toGitHubError(error);
    if (!failure.isRetryable || failure.retryAfter !== null) throw error;
    const { state } = await readPullRequestState(client, { owner, repo }, number, appId);
    if (state.headSha === headSha || !state.isOwnHead) throw failure;
    return { kind: "committed", sha: state.headSha };
  }
}
