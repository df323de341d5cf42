import { startYieldsign } from "../../test/app/start-yieldsign.ts";
import { until } from "../../test/app/until.ts";
import { type GitHub, startGitHub } from "../../test/github/start-github.ts";
import { countOperations, threadChanges } from "./count-operations.ts";
import type { Expected, Outcome, Scenario, Step } from "./scenario.ts";
import { BRANCH, checkOf, type Stage, threadsOf, timelineOf } from "./stage.ts";
import { takeStep } from "./take-step.ts";

/** What Yieldsign can make use of. */
const PERMISSIONS = {
  checks: "write",
  contents: "write",
  issues: "read",
  merge_queues: "read",
  metadata: "read",
  pull_requests: "write",
  security_events: "write",
} as const;

/** Without a request for so long, nothing is going on. */
const QUIET_MS = 300;

/**
 * Plays a scenario with the real server on a stand-in of its own.
 * @throws Error when it does not come out as it claims, or when a request or an answer did not fit GitHub's description.
 */
export async function runScenario(scenario: Scenario): Promise<Outcome> {
  const { name, permissions = PERMISSIONS, steps = [], meanwhile = null } = scenario;
  const github = await startGitHub({ permissions });
  const yieldsign = await startYieldsign(github);
  try {
    const last = steps.at(-1);
    let stage = setUp(github, scenario);
    let start = 0;
    const during = meanwhile !== null && last === undefined ? takeWhen(stage, meanwhile) : null;
    stage = await open(stage, scenario);
    await during;
    await settled(stage);
    for (const step of steps) {
      start = github.requests.length;
      const also = meanwhile !== null && step === last ? takeWhen(stage, meanwhile) : null;
      stage = await takeStep(stage, step);
      await also;
      stage = { ...stage, head: step.kind === "merge queue" ? stage.head : headOf(stage) };
      await settled(stage);
    }
    const counted = github.requests.slice(start);
    const outcome = {
      name,
      requests: countOperations(counted),
      comments: threadsOf(stage).length,
      timeline: timelineOf(stage).length,
      threads: threadChanges(counted),
      applied: appliedIn(stage, last),
      result: resultOf(stage),
    };
    const problems = [...problemsOf(outcome, counted.length, scenario.expected, stage), ...github.violations];
    if (problems.length > 0) throw new Error(`${name}:\n  ${problems.join("\n  ")}`);
    return outcome;
  } finally {
    await yieldsign.stop();
    await github.stop();
  }
}

function setUp(github: GitHub, { base, change, isFork, organisation }: Scenario): Stage {
  const repository = github.createRepository({ owner: "acme", name: "shop", files: base });
  if (organisation !== undefined)
    github.createRepository({ owner: "acme", name: ".github", files: organisation });
  const from = isFork === true ? github.fork(repository, "contributor") : repository;
  const head = from.git.commit(BRANCH, change, "Change", from.git.head("main"));
  return { github, repository, from, number: 1, head };
}

async function open(stage: Stage, { isPushOnly, limit, change }: Scenario): Promise<Stage> {
  const { github, repository, from } = stage;
  if (limit === "primary") github.hitPrimaryLimit({ seconds: 2 });
  if (limit === "secondary") github.hitSecondaryLimit({ seconds: 2 });
  if (isPushOnly === true) {
    const head = await github.commit(from, "pushed", change, "Change");
    return { ...stage, number: 0, head };
  }
  await github.openPullRequest(repository, {
    head: BRANCH,
    base: "main",
    title: "Change",
    from,
    canMaintainersModify: true,
  });
  return { ...stage, head: headOf(stage) };
}

function headOf({ from, number, head }: Stage): string {
  return number === 0 ? head : (from.git.head(BRANCH) ?? head);
}

/** Takes a step as soon as a request of the operation arrives, before its answer can have arrived. */
async function takeWhen(stage: Stage, { asked, step }: { asked: string; step: Step }): Promise<void> {
  const { requests } = stage.github;
  const start = requests.length;
  const isAsked = (): boolean =>
    requests
      .slice(start)
      .some(({ operationId, operationName }) => [operationId, operationName].includes(asked));
  while (!isAsked()) await new Promise(setImmediate);
  await takeStep(stage, step);
}

/** Waits until the checks on the head are completed and no request comes any more. */
async function settled(stage: Stage): Promise<void> {
  const { github, repository, head } = stage;
  const isDone = (): boolean => {
    const runs = github.checkRuns(repository, head);
    // Where checks are not permitted, the review is the end of it.
    if (runs.length === 0) return threadsOf(stage).length > 0;
    return runs.every(({ status }) => status === "completed");
  };
  for (let before = -1; before !== github.requests.length; ) {
    await until(isDone, `the check on ${head}`);
    before = github.requests.length;
    // GitHub asks to wait for two seconds.
    const isHeld = [403, 429].includes(github.requests.at(-1)?.status ?? 0);
    await new Promise((resolve) => setTimeout(resolve, isHeld ? 3_000 : QUIET_MS));
  }
}

function appliedIn(stage: Stage, last: Step | undefined): number {
  if (last?.kind === "commit suggestions") return last.count;
  const runs = stage.repository.checkRuns.map(({ summary }) => summary ?? "");
  const said = [...timelineOf(stage).map(({ body }) => body), ...runs].join("\n");
  const [, count = "0"] = /Applied (\d+) repairs? in /.exec(said) ?? [];
  return Number(count);
}

function resultOf(stage: Stage): string {
  const run = checkOf(stage);
  return run === undefined ? "none" : `${run.conclusion}: ${run.title}`;
}

/** In what the outcome differs from what the scenario claims, as sentences. */
function problemsOf(outcome: Outcome, requests: number, expected: Expected, stage: Stage): string[] {
  const { result, comments, timeline = 0, threads = "", applied = 0, says = "", uploads = 0 } = expected;
  const compared = [
    ["check run", outcome.result, result],
    ["comments", outcome.comments, comments],
    ["comments in the timeline", outcome.timeline, timeline],
    ["changes of threads", outcome.threads, threads],
    ["applied", outcome.applied, applied],
    ["uploads", stage.repository.sarifs.length, uploads],
  ] as const;
  const problems = compared
    .filter(([, actual, wanted]) => actual !== wanted)
    .map(([what, actual, wanted]) => `${what}: “${actual}” instead of “${wanted}”`);
  const summary = checkOf(stage)?.summary ?? "";
  if (!summary.includes(says)) problems.push(`the check run does not say “${says}” but: ${summary}`);
  if (requests > expected.requests) {
    const parts = [...outcome.requests].map(([name, count]) => `${count} ${name}`);
    problems.push(`${requests} requests instead of at most ${expected.requests}: ${parts.join(", ")}`);
  }
  return problems;
}
