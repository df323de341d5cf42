import type { Probot } from "probot";
import { completeCheckRun, startCheckRun } from "../github/check-runs.ts";
import type { GitHubClient, Repository } from "../github/client.ts";
import { isShutOut } from "../github/github-error.ts";
import { openPullRequestsOf } from "../github/open-pull-requests-of.ts";
import type { Queue } from "../jobs/queue.ts";
import type { Clients } from "./clients.ts";
import { jobKey } from "./job-key.ts";
import type { Engine } from "./review-commits.ts";
import { reviewPullRequest } from "./review-pull-request.ts";
import { type Push, reviewPush } from "./review-push.ts";
import { runJob } from "./run-job.ts";
import { whyNotChecked } from "./why-not-checked.ts";

/** A repository as every webhook names it. */
interface RepositoryPayload {
  readonly name: string;
  readonly owner: { readonly login: string } | null;
  readonly html_url: string;
  readonly default_branch: string;
}

/** Where an event comes from. */
export interface Origin {
  readonly installation: number;
  readonly repository: RepositoryPayload;
}

/** The repository of an event by its two names. */
export function repositoryOf({ repository: { name, owner } }: Origin): Repository {
  return { owner: owner?.login ?? "", repo: name };
}

/** What the App does; each call adds a job to the queue and returns at once. */
export interface Jobs {
  reviewPull(origin: Origin, number: number, headSha: string): void;
  reviewPush(origin: Origin, push: Push): void;
  /** Looks for whatever has this commit as its head, and has that reviewed. */
  reviewHead(origin: Origin, headSha: string): void;
}

/** Makes jobs of what events ask for. Jobs about the same thing have the same key: only the newest one counts. */
export function createJobs(probot: Probot, clients: Clients, queue: Queue, engine: Engine): Jobs {
  /** One unit of work about a commit, with its check run. */
  function add(
    origin: Origin,
    headSha: string,
    key: string,
    work: (client: GitHubClient, repository: Repository) => Promise<string>,
  ): void {
    const { installation } = origin;
    const repository = repositoryOf(origin);
    const label = `${repository.owner}/${repository.repo}`;
    queue.add({
      key: `${label} ${key}`,
      label: `${label} ${key}`,
      run: () =>
        runJob(clients, probot.log, { installation, repository: label, job: key, head: headSha }, (client) =>
          work(client, repository),
        ),
      async giveUp(error) {
        const client = await clients(installation);
        try {
          await closeUnchecked(client, repository, headSha, key, error);
        } catch (failure) {
          // There is no check run to be closed where we are not let in; the job's own failure is in the log.
          if (!isShutOut(failure)) throw failure;
        }
      },
    });
  }

  const jobs: Jobs = {
    reviewPull(origin, number, headSha) {
      add(origin, headSha, jobKey.pull(number), (client, repository) => {
        const htmlUrl = origin.repository.html_url;
        return reviewPullRequest(client, { ...repository, number, htmlUrl }, engine);
      });
    },
    reviewPush(origin, push) {
      add(origin, push.headSha, push.key, (client, repository) =>
        reviewPush(client, repository, origin.repository.html_url, push, engine),
      );
    },
    reviewHead(origin, headSha) {
      const key = jobKey.push(null, headSha);
      add(origin, headSha, `find ${headSha}`, async (client, repository) => {
        // For heads in forks GitHub does not name the pull requests (GITHUB.md §3).
        const numbers = await openPullRequestsOf(client, repository, headSha, null);
        for (const number of numbers) jobs.reviewPull(origin, number, headSha);
        if (numbers.length > 0) return `${numbers.length} pull requests`;
        const { default_branch: defaultBranch } = origin.repository;
        jobs.reviewPush(origin, { key, headSha, before: null, branch: null, defaultBranch });
        return "no pull request";
      });
    },
  };
  return jobs;
}

/** Our own failure is never red and never leaves the check spinning: it ends neutral, with the reason. */
async function closeUnchecked(
  client: GitHubClient,
  repository: Repository,
  headSha: string,
  key: string,
  error: unknown,
): Promise<void> {
  const checkRun = await startCheckRun(client, repository, headSha, key);
  await completeCheckRun(client, repository, checkRun, {
    conclusion: "neutral",
    title: "Not checked",
    summary: `The change could not be checked: ${whyNotChecked(error)}. Re-run the check to try again.`,
    text: null,
    annotations: [],
    actions: [],
  });
}
