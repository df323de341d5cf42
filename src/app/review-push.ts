import { completeCheckRun, startCheckRun } from "../github/check-runs.ts";
import type { GitHubClient, Repository } from "../github/client.ts";
import { type Comparison, compareCommits } from "../github/compare-commits.ts";
import { readConfiguration } from "../github/configuration-files.ts";
import { toGitHubError } from "../github/github-error.ts";
import { openPullRequestsOf } from "../github/open-pull-requests-of.ts";
import { planPush } from "../review/plan-review.ts";
import { createLinks } from "./links.ts";
import { loadSettings } from "./load-settings.ts";
import { problemNotes } from "./problem-notes.ts";
import { type Engine, reviewCommits } from "./review-commits.ts";

/** A branch that moved. */
export interface Push {
  /** The job's key. */
  readonly key: string;
  readonly headSha: string;
  /** Where the branch was; null for a new branch or when it is not known. */
  readonly before: string | null;
  readonly branch: string | null;
  readonly defaultBranch: string;
}

/** Checks pushed commits; an open pull request with the same head has its own review and check run. */
export async function reviewPush(
  client: GitHubClient,
  repository: Repository,
  htmlUrl: string,
  push: Push,
  engine: Engine,
): Promise<"checked" | "pull request"> {
  const { headSha } = push;
  if (push.branch !== null) {
    const pulls = await openPullRequestsOf(client, repository, headSha, push.branch);
    if (pulls.length > 0) return "pull request";
  }
  const checkRun = await startCheckRun(client, repository, headSha, push.key);
  const loaded = await loadSettings(client, repository, await readConfiguration(client, repository));
  const { mergeBaseSha, files } = await comparePush(client, repository, push);
  const change = { headSha, mergeBaseSha, files };
  const reviewed = await reviewCommits(client, repository, engine, change, loaded);
  const notes = [...problemNotes(loaded.problems), ...reviewed.notes];
  const { failOn } = loaded.settings;
  const plan = planPush({ headSha, ...reviewed, notes, failOn, links: createLinks(htmlUrl, headSha) });
  await completeCheckRun(client, repository, checkRun, plan.check);
  return "checked";
}

/** Against where the branch was; if that commit is gone (force push) or there was none, against the default branch. */
async function comparePush(client: GitHubClient, repository: Repository, push: Push): Promise<Comparison> {
  if (push.before !== null) {
    try {
      return await compareCommits(client, repository, push.before, push.headSha);
    } catch (error) {
      if (toGitHubError(error).status !== 404) throw error;
    }
  }
  return compareCommits(client, repository, push.defaultBranch, push.headSha);
}
