import type { PlannedAnnotation, PlannedCheck } from "../review/review-plan.ts";
import type { GitHubClient, Repository } from "./client.ts";
import { toGitHubError } from "./github-error.ts";
import { ANNOTATIONS_PER_REQUEST } from "./limits.ts";

/** Name of the check run as it appears on the page and in branch protection. */
const CHECK_NAME = "Yieldsign";

/** A check run of ours on a commit, with what it shows already. */
export interface CheckRun {
  readonly id: number;
  readonly headSha: string;
  readonly externalId: string;
  /** Annotations GitHub has: an update can only add to them. */
  readonly annotations: number;
}

/** Shows that the commit is being checked: by the check run with this external id, or by a new one. */
export async function startCheckRun(
  client: GitHubClient,
  repository: Repository,
  headSha: string,
  externalId: string,
): Promise<CheckRun> {
  const existing = await findCheckRun(client, repository, headSha, externalId);
  if (existing === null)
    return createCheckRun(client, repository, { headSha, externalId }, { status: "in_progress" });
  // One that has annotations may have to be replaced; until that is known it stays as it is.
  if (existing.annotations === 0) {
    await client.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
      ...repository,
      check_run_id: existing.id,
      status: "in_progress",
    });
  }
  return existing;
}

async function createCheckRun(
  client: GitHubClient,
  repository: Repository,
  { headSha, externalId }: Pick<CheckRun, "headSha" | "externalId">,
  state: { status: "in_progress" },
): Promise<CheckRun> {
  try {
    const { data } = await client.request("POST /repos/{owner}/{repo}/check-runs", {
      ...repository,
      name: CHECK_NAME,
      head_sha: headSha,
      external_id: externalId,
      ...state,
      request: { retries: 0 },
    });
    return { id: Number(data.id), headSha, externalId, annotations: 0 };
  } catch (error) {
    const failure = toGitHubError(error);
    // The answer may have been lost after the work was done.
    const created = failure.isRetryable ? await findCheckRun(client, repository, headSha, externalId) : null;
    if (created === null) throw failure;
    return created;
  }
}

/** Our newest check run on a commit, or null. Other Apps' runs do not count. */
async function findCheckRun(
  client: GitHubClient,
  repository: Repository,
  headSha: string,
  externalId: string,
): Promise<CheckRun | null> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
    ...repository,
    ref: headSha,
    check_name: CHECK_NAME,
    filter: "latest",
  });
  const found = data.check_runs.filter((run) => run.external_id === externalId);
  const newest = found.reduce<(typeof found)[number] | null>(
    (best, run) => (best === null || run.id > best.id ? run : best),
    null,
  );
  if (newest === null) return null;
  return { id: Number(newest.id), headSha, externalId, annotations: newest.output.annotations_count };
}

/**
 * Completes a check run; annotations go in batches of 50, each sent once because updates append. A run that
 * already shows as many annotations as planned gets none again; one that shows others is replaced by a new run.
 */
export async function completeCheckRun(
  client: GitHubClient,
  repository: Repository,
  checkRun: CheckRun,
  check: PlannedCheck,
): Promise<void> {
  const { conclusion, title, summary, text } = check;
  const isOutdated = checkRun.annotations > 0 && checkRun.annotations !== check.annotations.length;
  const target = isOutdated
    ? await createCheckRun(client, repository, checkRun, { status: "in_progress" })
    : checkRun;
  const annotations = target.annotations > 0 ? [] : check.annotations.map(toAnnotation);
  const output = { title, summary, ...(text === null ? {} : { text }) };
  const route = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";
  const place = { ...repository, check_run_id: target.id };
  for (let at = ANNOTATIONS_PER_REQUEST; at < annotations.length; at += ANNOTATIONS_PER_REQUEST) {
    const batch = annotations.slice(at, at + ANNOTATIONS_PER_REQUEST);
    await client.request(route, {
      ...place,
      output: { ...output, annotations: batch },
      request: { retries: 0 },
    });
  }
  const first = annotations.slice(0, ANNOTATIONS_PER_REQUEST);
  await client.request(route, {
    ...place,
    status: "completed",
    conclusion,
    output: { ...output, annotations: first },
    request: { retries: 0 },
  });
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
