import type { PlannedAnnotation, PlannedCheck } from "../review/review-plan.ts";
import type { GitHubClient, Repository } from "./client.ts";
import { toGitHubError } from "./github-error.ts";
import { ANNOTATIONS_PER_REQUEST } from "./limits.ts";

/** Name of the check run as it appears on the page and in branch protection. */
export const CHECK_NAME = "Yieldsign";

/** Marks the check run as in progress: the one with this external id, or a new one. Answers its id. */
export async function startCheckRun(
  client: GitHubClient,
  repository: Repository,
  headSha: string,
  externalId: string,
): Promise<number> {
  const existing = await findCheckRun(client, repository, headSha, externalId);
  if (existing !== null) {
    await client.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
      ...repository,
      check_run_id: existing,
      status: "in_progress",
    });
    return existing;
  }
  try {
    const { data } = await client.request("POST /repos/{owner}/{repo}/check-runs", {
      ...repository,
      name: CHECK_NAME,
      head_sha: headSha,
      external_id: externalId,
      status: "in_progress",
      request: { retries: 0 },
    });
    return Number(data.id);
  } catch (error) {
    const failure = toGitHubError(error);
    // The answer may have been lost after the work was done.
    const created = failure.isRetryable ? await findCheckRun(client, repository, headSha, externalId) : null;
    if (created === null) throw failure;
    return created;
  }
}

/** The id of our check run on a commit, or null. Other Apps' runs and older jobs' runs do not count. */
async function findCheckRun(
  client: GitHubClient,
  repository: Repository,
  headSha: string,
  externalId: string,
): Promise<number | null> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
    ...repository,
    ref: headSha,
    check_name: CHECK_NAME,
    filter: "latest",
  });
  const found = data.check_runs.find((run) => run.external_id === externalId);
  return found === undefined ? null : Number(found.id);
}

/** Completes a check run; annotations go in batches of 50, each sent once (updates append). */
export async function completeCheckRun(
  client: GitHubClient,
  repository: Repository,
  checkRunId: number,
  check: PlannedCheck,
): Promise<void> {
  const { annotations, conclusion, title, summary, text } = check;
  const output = { title, summary, ...(text === null ? {} : { text }) };
  for (let at = ANNOTATIONS_PER_REQUEST; at < annotations.length; at += ANNOTATIONS_PER_REQUEST) {
    await client.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
      ...repository,
      check_run_id: checkRunId,
      output: { ...output, annotations: annotations.slice(at, at + ANNOTATIONS_PER_REQUEST).map(toAnnotation) },
      request: { retries: 0 },
    });
  }
  await client.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
    ...repository,
    check_run_id: checkRunId,
    status: "completed",
    conclusion,
    output: { ...output, annotations: annotations.slice(0, ANNOTATIONS_PER_REQUEST).map(toAnnotation) },
  });
}

function toAnnotation({ path, startLine, endLine, startColumn, endColumn, level, title, message, rawDetails }: PlannedAnnotation) {
  return {
    path,
    start_line: startLine,
    end_line: endLine,
    annotation_level: level,
    title,
    message,
    ...(startColumn === null || endColumn === null ? {} : { start_column: startColumn, end_column: endColumn }),
    ...(rawDetails === null ? {} : { raw_details: rawDetails }),
  };
}
