import type { GitHubClient } from "../github/client.ts";
import { closeCheckRun } from "../github/close-check-run.ts";
import { findOpenChecks, type OpenCheck } from "../github/find-open-checks.ts";
import { toGitHubError } from "../github/github-error.ts";
import { listInstallations } from "../github/list-installations.ts";
import { type InstalledRepository, listRepositories } from "../github/list-repositories.ts";
import type { Clients } from "./clients.ts";
import { countRequests } from "./count-requests.ts";
import type { Jobs } from "./create-jobs.ts";
import { jobKey, pullOfKey } from "./job-key.ts";

/** What a sweep works with. */
export interface SweepInput {
  readonly appId: number;
  /** Signs in as the App itself. */
  readonly appClient: GitHubClient;
  readonly clients: Clients;
  readonly jobs: Pick<Jobs, "reviewPull" | "reviewPush">;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** From 0 to 1, without 1. */
  random(): number;
  warn(fields: object, message: string): void;
}

/** What a sweep did. */
export interface SweepResult {
  installations: number;
  repositories: number;
  /** Check runs that became a review. */
  reviewed: number;
  /** Check runs that were completed without one. */
  closed: number;
  requests: number;
}

/** Most API requests of one sweep; it begins elsewhere each time, so what it leaves out comes another time. */
const MAX_SWEEP_REQUESTS = 500;
/** A check that runs for so long is not being worked on: twice as long as a job may take. */
const STALE_MS = 600_000;
/** GitHub itself closes check runs after this time, so older pushes cannot have one. */
const RECENT_MS = 14 * 86_400_000;

/**
 * Looks at every repository for check runs of ours that a crash left in progress, and has their commits reviewed, which
 * completes them. Where that cannot be, the run is completed as neutral. Ends quietly where GitHub's limits end it.
 */
export async function sweepStaleChecks(
  input: SweepInput,
  maxRequests = MAX_SWEEP_REQUESTS,
): Promise<SweepResult> {
  const result: SweepResult = { installations: 0, repositories: 0, reviewed: 0, closed: 0, requests: 0 };
  const installations = await listInstallations(input.appClient);
  result.requests += 1;
  for (const installation of turned(installations, input.random())) {
    if (result.requests >= maxRequests) break;
    try {
      result.installations += 1;
      await sweepInstallation(input, installation, result, maxRequests);
    } catch (error) {
      // One that is limited, suspended or just uninstalled; the others go on.
      if (!toGitHubError(error).isRateLimit)
        input.warn({ err: error, installation }, "sweep of an installation failed");
    }
  }
  return result;
}

async function sweepInstallation(
  input: SweepInput,
  installation: number,
  result: SweepResult,
  maxRequests: number,
): Promise<void> {
  const client = await input.clients(installation);
  const requests = countRequests(client);
  const before = result.requests;
  try {
    const repositories = (await listRepositories(client)).filter(
      ({ pushedAt }) => pushedAt > input.now - RECENT_MS,
    );
    for (const repository of turned(repositories, input.random())) {
      if (before + requests().total >= maxRequests) return;
      result.repositories += 1;
      try {
        await sweepRepository(input, client, installation, repository, result);
      } catch (error) {
        if (toGitHubError(error).isRateLimit) throw error;
        const name = `${repository.owner}/${repository.repo}`;
        input.warn({ err: error, repository: name }, "sweep of a repository failed");
      }
    }
  } finally {
    result.requests = before + requests().total;
  }
}

async function sweepRepository(
  { appId, jobs, now }: SweepInput,
  client: GitHubClient,
  installation: number,
  repository: InstalledRepository,
  result: SweepResult,
): Promise<void> {
  const { owner, repo, htmlUrl, defaultBranch } = repository;
  const origin = {
    installation,
    repository: { name: repo, owner: { login: owner }, html_url: htmlUrl, default_branch: defaultBranch },
  };
  const open = await findOpenChecks(client, { owner, repo }, appId);
  for (const check of open.filter(({ startedAt }) => startedAt < now - STALE_MS)) {
    const { headSha } = check;
    const number = pullFor(check);
    const branch = branchFor(check);
    if (number !== null) jobs.reviewPull(origin, number, headSha);
    else if (branch !== null) {
      // Where the branch was before is not known any more; on the default branch that is the commit before.
      const before = branch === defaultBranch || isMergeGroup(check) ? check.parent : null;
      jobs.reviewPush(origin, {
        key: check.externalId,
        headSha,
        before,
        branch: isMergeGroup(check) ? null : branch,
        defaultBranch,
      });
    } else {
      const summary =
        "Yieldsign was interrupted while it checked this commit. Re-run the check to try again.";
      await closeCheckRun(client, { owner, repo }, check.id, "Interrupted", summary);
      result.closed += 1;
      continue;
    }
    result.reviewed += 1;
  }
}

/** The pull request whose review completes the run; a review also takes over the run of a push on its head. */
function pullFor({ externalId, pulls }: OpenCheck): number | null {
  const number = pullOfKey(externalId);
  if (number !== null) return pulls.includes(number) ? number : null;
  return externalId.startsWith("push/") ? (pulls[0] ?? null) : null;
}

/** The branch that the run is about, if its head still is this commit. */
function branchFor(check: OpenCheck): string | null {
  const { externalId, headSha, branches } = check;
  if (isMergeGroup(check)) return branches[0] ?? null;
  return branches.find((branch) => externalId === jobKey.push(branch, headSha)) ?? null;
}

function isMergeGroup({ externalId, headSha }: OpenCheck): boolean {
  return externalId === jobKey.mergeGroup(headSha);
}

/** The same list, begun somewhere else. */
function turned<Item>(list: readonly Item[], random: number): Item[] {
  const start = Math.floor(random * list.length);
  return [...list.slice(start), ...list.slice(0, start)];
}
