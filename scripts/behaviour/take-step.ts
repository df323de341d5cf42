import { until } from "../../test/app/until.ts";
import { suggestionIn } from "../../test/github/suggestions.ts";
import type { Step } from "./scenario.ts";
import { BRANCH, checkOf, lastReactions, type Stage, threadsOf } from "./stage.ts";

/**
 * Takes a step and waits until GitHub has told of it.
 * @returns The stage afterwards.
 */
export async function takeStep(stage: Stage, step: Step): Promise<Stage> {
  const { github, repository, from, number } = stage;
  const moved = (): Stage => ({ ...stage, head: from.git.head(BRANCH) ?? "" });
  switch (step.kind) {
    case "commit suggestions": {
      const suggested = threadsOf(stage).filter(({ body }) => suggestionIn(body) !== null);
      const ids = suggested.slice(0, step.count).map(({ id }) => id);
      await github.commitSuggestions(repository, number, ids);
      return moved();
    }
    case "push":
      await github.commit(from, BRANCH, step.files, "More");
      return moved();
    case "force push":
      await github.forcePush(from, BRANCH, from.git.head("main") ?? "", step.files, "Change");
      return moved();
    case "push to the base":
      await github.commit(from, "main", step.files, "Elsewhere");
      return stage;
    case "rebase":
      await github.forcePush(from, BRANCH, from.git.head("main") ?? "", filesOf(stage), "Change");
      return moved();
    case "re-run":
      await github.rerequest(repository, checkOf(stage)?.id ?? 0);
      return stage;
    case "redeliver": {
      const opened = github.deliveries.find(({ event }) => event === "pull_request");
      await github.redeliver(opened?.guid ?? "");
      return stage;
    }
    case "comment":
      await github.comment(repository, number, step.body);
      await until(() => lastReactions(stage).length > 1, "the answer");
      return moved();
    case "press": {
      const { id = 0, summary: before = "" } = checkOf(stage) ?? {};
      await github.pressAction(repository, id, "apply-fixes");
      await until(
        () => github.checkRuns(repository, stage.head).some((run) => run.id === id && run.summary !== before),
        "the answer",
      );
      return moved();
    }
    case "close":
      await github.setOpen(repository, number, false);
      return stage;
    case "merge queue":
      return { ...stage, head: (await github.enqueue(repository, number)).headSha };
  }
}

/** The files that the branch changes, with their texts. */
function filesOf({ from }: Stage): Record<string, string> {
  const paths = from.git.text("diff", "--name-only", `main...${BRANCH}`).split("\n");
  return Object.fromEntries(
    paths.map((path) => [path, from.git.run("show", `${BRANCH}:${path}`).toString("utf8")]),
  );
}
