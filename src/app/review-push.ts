import { completeCheckRun } from "../github/check-runs.ts";
import type { GitHubClient, Repository } from "../github/client.ts";
import { type Comparison, compareCommits } from "../github/compare-commits.ts";
import { readConfiguration } from "../github/configuration-files.ts";
import { isNotPermitted, toGitHubError } from "../github/github-error.ts";
import { grantedPermissions } from "../github/granted-permissions.ts";
import { COMPARED_FILES } from "../github/limits.ts";
import { openPullRequestsOf } from "../github/open-pull-requests-of.ts";
import { skippedCheck } from "../review/plan-check.ts";
import { planPush } from "../review/plan-review.ts";
import { createLinks } from "./links.ts";
import { loadSettings } from "./load-settings.ts";
import { problemNotes } from "./problem-notes.ts";
import { type Engine, reviewCommits } from "./review-commits.ts";
import { startRun } from "./start-run.ts";
import { unlistedNotes } from "./unlisted-notes.ts";

/** A branch that moved. */
export interface Push {
  /** The job's key. */
  readonly key: string;
  readonly headSha: string;
  /** Where the branch was; null for a new branch or when it is not known. */
  readonly before: string | null;
  readonly branch: string | null;
  readonly defaultBranch: string;
  /** The branch is one of the merge queue, for which GitHub has an event as well if `merge_queues` was granted. */
  readonly isMergeQueue?: boolean;
}

export type PushOutcome = "checked" | "pull request" | "merge group" | "not permitted" | "nothing in common";

/**
 * Checks pushed commits; an open pull request from the branch has its own review and check run. All that comes of it
 * is a check run: without `checks: write` nothing is done.
 */
export async function reviewPush(
  client: GitHubClient,
  repository: Repository,
  htmlUrl: string,
  push: Push,
  engine: Engine,
): Promise<PushOutcome> {
  const { headSha } = push;
  if (push.isMergeQueue === true && (await grantedPermissions(client)).merge_queues !== undefined)
    return "merge group";
  if (await isOfPullRequest(client, repository, push)) return "pull request";
  const checkRun = await startRun(client, repository, headSha, push.key);
  if (checkRun === null) return "not permitted";
  const loaded = await loadSettings(client, repository, await readConfiguration(client, repository));
  const comparison = await comparePush(client, repository, push);
  if (comparison === null) {
    await completeCheckRun(client, repository, checkRun, skippedCheck(NOTHING_IN_COMMON));
    return "nothing in common";
  }
  const { mergeBaseSha, files } = comparison;
  const change = { headSha, mergeBaseSha, files };
  const reviewed = await reviewCommits(client, repository, engine, change, loaded);
  const unlisted = unlistedNotes(files.length >= COMPARED_FILES, COMPARED_FILES);
  const notes = [...problemNotes(loaded.problems), ...unlisted, ...reviewed.notes];
  const { failOn } = loaded.settings;
  const plan = planPush({ headSha, ...reviewed, notes, failOn, links: createLinks(htmlUrl, headSha) });
  await completeCheckRun(client, repository, checkRun, plan.check);
  return "checked";
}

const NOTHING_IN_COMMON =
  "The branch has no commit in common with the default branch, so there is nothing to compare it with.";

/** A pull request from the branch has its own review, of its newest head. False as well where the installation may not see pull requests: then nobody reviews them. */
async function isOfPullRequest(
  client: GitHubClient,
  repository: Repository,
  { headSha, branch }: Push,
): Promise<boolean> {
  if (branch === null) return false;
  try {
    return (await openPullRequestsOf(client, repository, headSha, branch)).length > 0;
  } catch (error) {
    if (isNotPermitted(error)) return false;
    throw error;
  }
}

/**
 * Against where the branch was; if that commit is gone (force push) or there was none, against the default branch. Null
 * when they share no commit, as with branches that hold a site.
 */
async function comparePush(
  client: GitHubClient,
  repository: Repository,
  push: Push,
): Promise<Comparison | null> {
  const bases = [...(push.before === null ? [] : [push.before]), push.defaultBranch];
  for (const base of bases) {
    try {
      return await compareCommits(client, repository, base, push.headSha);
    } catch (error) {
      if (toGitHubError(error).status !== 404) throw error;
    }
  }
  return null;
}
