import { startYieldsign } from "../../test/app/start-yieldsign.ts";
import { until } from "../../test/app/until.ts";
import { type GitHub, startGitHub } from "../../test/github/start-github.ts";
import type { RepositoryState } from "../../test/github/state.ts";
import { suggestionIn } from "../../test/github/suggestions.ts";
import type { Outcome, Scenario, Step } from "./scenario.ts";

const BRANCH = "change";

/**
 * Plays a scenario with the real server on a stand-in of its own.
 * @throws Error when a request or an answer did not fit GitHub's description, or the review failed.
 */
export async function runScenario({ name, base, change, isFork, steps }: Scenario): Promise<Outcome> {
  const github = await startGitHub();
  const yieldsign = await startYieldsign(github);
  try {
    const repository = github.createRepository({ owner: "acme", name: "shop", files: base });
    const from = isFork === true ? github.fork(repository, "contributor") : repository;
    from.git.commit(BRANCH, change, "Change", from.git.head("main"));
    const number = await github.openPullRequest(repository, {
      head: BRANCH,
      base: "main",
      title: "Change",
      from,
      canMaintainersModify: true,
    });
    await settled(github, repository, from);
    let applied = 0;
    let start = 0;
    for (const step of steps) {
      start = github.requests.length;
      applied += await take(github, repository, from, number, step);
      await settled(github, repository, from);
    }
    if (github.violations.length > 0) throw new Error(`${name}: ${github.violations.join("\n")}`);
    const requests = new Map<string, number>();
    for (const { operationId } of github.requests.slice(start)) {
      const operation = operationId ?? "graphql";
      requests.set(operation, (requests.get(operation) ?? 0) + 1);
    }
    const run = github.checkRuns(repository, from.git.head(BRANCH) ?? "").at(-1);
    if (run?.title === "Not checked") throw new Error(`${name}: ${run.summary}`);
    return {
      name,
      requests,
      comments: github.comments(repository, number).length,
      applied,
      result: `${run?.conclusion}: ${run?.title}`,
    };
  } finally {
    await yieldsign.stop();
    await github.stop();
  }
}

/** Waits until the check on the branch's head is completed and no request comes any more. */
async function settled(github: GitHub, repository: RepositoryState, from: RepositoryState): Promise<void> {
  const head = from.git.head(BRANCH) ?? "";
  const isDone = (): boolean => {
    const runs = github.checkRuns(repository, head);
    return runs.length > 0 && runs.every(({ status }) => status === "completed");
  };
  await until(isDone, `the check on ${head}`);
  for (let before = -1; before !== github.requests.length; ) {
    before = github.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 500));
    await until(isDone, `the check on ${head}`);
  }
}

/** Answers how many suggestions were applied. */
async function take(
  github: GitHub,
  repository: RepositoryState,
  from: RepositoryState,
  number: number,
  step: Step,
): Promise<number> {
  if (step.kind === "commit suggestions") {
    const suggested = github.comments(repository, number).filter(({ body }) => suggestionIn(body) !== null);
    const ids = suggested.slice(0, step.count).map(({ id }) => id);
    await github.commitSuggestions(repository, number, ids);
    return ids.length;
  }
  if (step.kind === "push") await github.commit(from, BRANCH, step.files, "More");
  else if (step.kind === "force push") {
    const onto = from.git.head("main") ?? "";
    await github.forcePush(from, BRANCH, onto, step.files, "Change");
  } else if (step.kind === "re-run") {
    const [run] = github.checkRuns(repository, from.git.head(BRANCH) ?? "");
    await github.rerequest(repository, run?.id ?? 0);
  } else {
    const opened = github.deliveries.find(({ event }) => event === "pull_request");
    await github.redeliver(opened?.guid ?? "");
  }
  return 0;
}
