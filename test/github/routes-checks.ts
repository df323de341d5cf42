import { now } from "./now.ts";
import { checkRunObject } from "./objects.ts";
import { commitOf, need, ok, page } from "./route-helpers.ts";
import type { Route } from "./routes.ts";
import { type AnnotationState, type CheckActionState, type CheckRunState, Refusal } from "./state.ts";

const MAX_OUTPUT = 65_535;
const MAX_ANNOTATIONS = 50;
const MAX_ACTIONS = 3;
const MAX_ACTION: Readonly<Record<keyof CheckActionState, number>> = {
  label: 20,
  description: 40,
  identifier: 20,
};

interface CheckRunBody {
  readonly name?: string;
  readonly head_sha?: string;
  readonly external_id?: string;
  readonly details_url?: string;
  readonly status?: CheckRunState["status"];
  readonly conclusion?: string;
  readonly actions?: readonly CheckActionState[];
  readonly started_at?: string;
  readonly output?: {
    readonly title?: string;
    readonly summary?: string;
    readonly text?: string;
    readonly annotations?: readonly AnnotationState[];
  };
}

/** Check runs. */
export const CHECK_ROUTES: Readonly<Record<string, Route>> = {
  "checks/create": ({ repository, body, permissions }, { world, nextId }) => {
    need(permissions, "checks");
    const wanted = body as CheckRunBody;
    try {
      commitOf(repository, wanted.head_sha ?? "");
    } catch {
      throw new Refusal(422, `No commit found for SHA: ${wanted.head_sha}`);
    }
    const run: CheckRunState = {
      id: nextId(),
      name: wanted.name ?? "",
      headSha: wanted.head_sha ?? "",
      externalId: "",
      detailsUrl: null,
      status: "queued",
      conclusion: null,
      title: null,
      summary: null,
      text: null,
      actions: [],
      startedAt: wanted.started_at ?? now(),
      annotations: [],
    };
    change(run, wanted);
    repository.checkRuns.push(run);
    return ok(checkRunObject(world, run), 201);
  },
  "checks/update": ({ repository, parameters, body, permissions }, { world }) => {
    need(permissions, "checks");
    const run = repository.checkRuns.find(({ id }) => id === Number(parameters.check_run_id));
    if (run === undefined) throw new Refusal(404, "Not Found");
    change(run, body as CheckRunBody);
    return ok(checkRunObject(world, run));
  },
  "checks/list-for-ref": ({ repository, parameters, query }, { world }) => {
    const sha = commitOf(repository, parameters.ref ?? "");
    const name = query.get("check_name");
    const runs = repository.checkRuns.filter(
      (run) => run.headSha === sha && (name === null || run.name === name),
    );
    const shown = page(runs, query).map((run) => checkRunObject(world, run));
    return ok({ total_count: runs.length, check_runs: shown });
  },
};

function change(run: CheckRunState, wanted: CheckRunBody): void {
  const { status, conclusion, output, actions } = wanted;
  const annotations = output?.annotations ?? [];
  checkOutput(output, annotations);
  checkActions(actions ?? []);
  run.externalId = wanted.external_id ?? run.externalId;
  run.detailsUrl = wanted.details_url ?? run.detailsUrl;
  if (status !== undefined) run.status = status;
  // A run that starts again loses its conclusion.
  if (status === "in_progress") run.conclusion = null;
  if (conclusion !== undefined) [run.status, run.conclusion] = ["completed", conclusion];
  run.actions = actions ?? run.actions;
  run.title = output?.title ?? run.title;
  run.summary = output?.summary ?? run.summary;
  run.text = output?.text ?? run.text;
  // Updates append (GITHUB.md §0.10).
  run.annotations = [...run.annotations, ...annotations];
}

function checkOutput(output: CheckRunBody["output"], annotations: readonly AnnotationState[]): void {
  if (annotations.length > MAX_ANNOTATIONS) throw tooMany(MAX_ANNOTATIONS, annotations.length);
  for (const text of [output?.summary ?? "", output?.title ?? "", output?.text ?? ""])
    if (text.length > MAX_OUTPUT) throw tooLong(MAX_OUTPUT, text.length);
  for (const one of annotations as readonly (AnnotationState & { start_column?: number })[]) {
    if (one.start_column !== undefined && one.start_line !== one.end_line)
      throw new Refusal(422, "Annotations on several lines cannot have columns");
  }
}

function checkActions(actions: readonly CheckActionState[]): void {
  if (actions.length > MAX_ACTIONS) throw tooMany(MAX_ACTIONS, actions.length);
  for (const action of actions) {
    for (const key of ["label", "description", "identifier"] as const)
      if (action[key].length > MAX_ACTION[key]) throw tooLong(MAX_ACTION[key], action[key].length);
  }
}

function tooMany(most: number, count: number): Refusal {
  return new Refusal(
    422,
    `Invalid request.\n\nNo more than ${most} items are allowed; ${count} were supplied.`,
  );
}

function tooLong(most: number, length: number): Refusal {
  return new Refusal(422, `Only ${most} characters are allowed; ${length} were supplied.`);
}
