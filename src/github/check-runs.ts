import type { PlannedAnnotation, PlannedCheck } from "../review/review-plan.ts";
import type { GitHubClient, Repository } from "./client.ts";
import { closeCheckRun } from "./close-check-run.ts";
import { toGitHubError } from "./github-error.ts";
import { ANNOTATIONS_PER_REQUEST } from "./limits.ts";

/** Name of the check run as it appears on the page and in branch protection. */
export const CHECK_NAME = "Yieldsign";

/** A check run of ours on a commit, as GitHub has it. */
export interface KnownCheckRun {
  readonly id: number;
  readonly externalId: string;
  readonly isCompleted: boolean;
  /** Annotations GitHub has: an update can only add to them. */
  readonly annotations: number;
}

/** The check run that a job works with. */
export interface CheckRun extends KnownCheckRun {
  readonly headSha: string;
}

/**
 * Shows that the commit is being checked: by the check run of this job, if there is one among the known ones, or that
 * of a push, which a pull request takes over; otherwise by a new one.
 * @param externalId The job's key: by it the run is found again.
 * @param known Our check runs on the commit; null to ask GitHub for them.
 */
export async function startCheckRun(
  client: GitHubClient,
  repository: Repository,
  headSha: string,
  externalId: string,
  known: readonly KnownCheckRun[] | null = null,
): Promise<CheckRun> {
  const existing = ownRun(known ?? (await listCheckRuns(client, repository, headSha)), externalId);
  if (existing === null) return createCheckRun(client, repository, headSha, externalId);
  // One that has annotations may have to be replaced; until that is known it stays as it is.
  if (existing.annotations > 0 && existing.externalId === externalId) return { ...existing, headSha };
  await client.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
    ...repository,
    check_run_id: existing.id,
    external_id: externalId,
    ...(existing.annotations === 0 ? { status: "in_progress" as const } : {}),
  });
  return { ...existing, headSha, externalId, isCompleted: existing.annotations > 0 };
}

/** The newest run of the job, or of a push. */
function ownRun(known: readonly KnownCheckRun[], externalId: string): KnownCheckRun | null {
  const newest = [...known].sort((a, b) => b.id - a.id);
  return (
    newest.find((run) => run.externalId === externalId) ??
    newest.find((run) => run.externalId.startsWith("push/")) ??
    null
  );
}

async function createCheckRun(
  client: GitHubClient,
  repository: Repository,
  headSha: string,
  externalId: string,
): Promise<CheckRun> {
  try {
    const { data } = await client.request("POST /repos/{owner}/{repo}/check-runs", {
      ...repository,
      name: CHECK_NAME,
      head_sha: headSha,
      external_id: externalId,
      status: "in_progress",
      request: { retries: 0 },
    });
    return { id: Number(data.id), headSha, externalId, isCompleted: false, annotations: 0 };
  } catch (error) {
    const failure = toGitHubError(error);
    // The answer may have been lost after the work was done.
    const runs = failure.isRetryable ? await listCheckRuns(client, repository, headSha) : [];
    const created = runs.find((run) => run.externalId === externalId && !run.isCompleted);
    if (created === undefined) throw failure;
    return { ...created, headSha };
  }
}

/** Our check runs on a commit. Other Apps' runs of the same name do not count: they have no external id of ours. */
async function listCheckRuns(
  client: GitHubClient,
  repository: Repository,
  headSha: string,
): Promise<KnownCheckRun[]> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
    ...repository,
    ref: headSha,
    check_name: CHECK_NAME,
    filter: "latest",
  });
  return data.check_runs.map((run) => ({
    id: Number(run.id),
    externalId: run.external_id ?? "",
    isCompleted: run.status === "completed",
    annotations: run.output.annotations_count,
  }));
}

/**
 * Completes a check run; annotations go in batches of 50, each sent once because updates append. A run that
 * already shows as many annotations as planned gets none again, one that was interrupted gets the rest, and one that
 * shows others is replaced by a new run.
 */
export async function completeCheckRun(
  client: GitHubClient,
  repository: Repository,
  checkRun: CheckRun,
  check: PlannedCheck,
): Promise<void> {
  const { conclusion, title, summary, text } = check;
  const planned = check.annotations.length;
  const isInterrupted = !checkRun.isCompleted && checkRun.annotations < planned;
  const isOutdated = checkRun.annotations > 0 && checkRun.annotations !== planned && !isInterrupted;
  const target = isOutdated
    ? await createCheckRun(client, repository, checkRun.headSha, checkRun.externalId)
    : checkRun;
  if (isOutdated && !checkRun.isCompleted)
    // A run that another one replaces must not spin on.
    await closeCheckRun(client, repository, checkRun.id, "Replaced", "A newer check run has the findings.");
  const annotations = check.annotations.slice(target.annotations).map(toAnnotation);
  const output = { title, summary, ...(text === null ? {} : { text }) };
  const route = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";
  const place = { ...repository, check_run_id: target.id };
  const last = Math.max(0, Math.ceil(annotations.length / ANNOTATIONS_PER_REQUEST) - 1);
  for (let batch = 0; batch <= last; batch++) {
    const from = batch * ANNOTATIONS_PER_REQUEST;
    await client.request(route, {
      ...place,
      ...(batch < last ? {} : { status: "completed" as const, conclusion, actions: [...check.actions] }),
      output: { ...output, annotations: annotations.slice(from, from + ANNOTATIONS_PER_REQUEST) },
      request: { retries: 0 },
    });
  }
}

function toAnnotation({
  path,
  startLine,
  endLine,
  startColumn,
  endColumn,
  level,
  title,
  message,
  rawDetails,
}: PlannedAnnotation) {
  return {
    path,
    start_line: startLine,
    end_line: endLine,
    annotation_level: level,
    title,
    message,
    ...(startColumn === null || endColumn === null
      ? {}
      : { start_column: startColumn, end_column: endColumn }),
    ...(rawDetails === null ? {} : { raw_details: rawDetails }),
  };
}
