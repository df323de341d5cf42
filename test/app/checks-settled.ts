import type { GitHub } from "../github/start-github.ts";
import type { RepositoryState } from "../github/state.ts";
import { until } from "./until.ts";

/** Waits until the check on a branch's head (or on a commit) is completed and nothing is going on any more. */
export async function checksSettled(
  github: GitHub,
  repository: RepositoryState,
  branch: string,
): Promise<void> {
  const head = repository.git.head(branch) ?? branch;
  const isDone = (): boolean => {
    const runs = github.checkRuns(repository, head);
    return runs.length > 0 && runs.every(({ status }) => status === "completed");
  };
  await until(isDone, `check on ${branch}`);
  for (let before = -1; before !== github.requests.length; ) {
    before = github.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 250));
    await until(isDone, `check on ${branch}`);
  }
}
