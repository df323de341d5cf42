import type { GitHub } from "../../github/start-github.ts";
import { until } from "../until.ts";
import { bringBack, describeOnMain, fixByHand, ignoreAndMove } from "./edits.ts";
import {
  APP,
  AUTHOR,
  command,
  lastId,
  MAINTAINER,
  openStory,
  prepareStory,
  push,
  type Story,
  step,
  threadOf,
} from "./story.ts";

/** Called after each step, when nothing is going on any more. */
export type AfterStep = (story: Story, name: string) => void;

/** Plays the life of a pull request with twelve mistakes, from opening to merging, before a running server. */
export async function playStory(github: GitHub, afterStep: AfterStep): Promise<Story> {
  const story = prepareStory(github);
  const { repository, number, branch, events, applied } = story;
  const { git } = repository;
  const tell = async (name: string, act: () => Promise<unknown>): Promise<void> => {
    await step(story, name, act);
    afterStep(story, name);
  };

  await tell("opened", () => openStory(story));
  for (const codes of [["YS106"], ["YS104", "YS107", "YS108", "YS119"]]) {
    const ids = codes.map((code) => threadOf(story, code).id);
    for (const id of ids) applied.add(id);
    await tell(codes.length === 1 ? "a suggestion committed" : "four suggestions committed", () =>
      push(story, AUTHOR, () => github.commitSuggestions(repository, number, ids)),
    );
  }
  await tell("three mistakes fixed by a push", () => push(story, AUTHOR, () => fixByHand(story)));
  await tell("argued about", async () => {
    await github.reply(
      repository,
      number,
      threadOf(story, "YS307").id,
      "On purpose: the template has ten lines and is on the local disk. A thread for it would cost more than it saves.",
    );
    await github.setResolved(repository, number, threadOf(story, "YS307").id, true);
  });
  await tell("called wrong", async () => {
    const { id } = threadOf(story, "YS201");
    github.react(repository, number, id, "-1", MAINTAINER);
    const text =
      "/yieldsign false-positive Our loop has a task factory that refers to all tasks until they are done.";
    await command(story, () => github.reply(repository, number, id, text, MAINTAINER));
    await github.setResolved(repository, number, id, true, MAINTAINER);
  });
  await tell("one ignored by a comment in the code, one moved", () =>
    push(story, AUTHOR, () => ignoreAndMove(story)),
  );
  await tell("squashed", () => rewrite(story, git.text("merge-base", "main", branch)));
  await tell("the base branch moved", async () => checked(story, await describeOnMain(story)));
  await tell("rebased", () => rewrite(story, git.head("main") ?? ""));
  await tell("one mistake came back", () => push(story, AUTHOR, () => bringBack(story)));
  await tell("applied by a command", async () => {
    const after = await command(story, () =>
      github.comment(repository, number, "/yieldsign apply", MAINTAINER),
    );
    events.push({ kind: "commit", by: APP, after, sha: git.head(branch) ?? "" });
  });
  await tell("checked again from the page", async () => {
    const [run] = github.checkRuns(repository, git.head(branch) ?? "");
    const before = github.requests.length;
    await github.rerequest(repository, run?.id ?? 0);
    const isDone = (): boolean =>
      github.requests.slice(before).some(({ operationId }) => operationId === "checks/update");
    await until(isDone, "the repeated review");
  });
  await tell("merged", async () => {
    const after = lastId(story);
    const sha = await github.merge(repository, number, MAINTAINER);
    events.push({ kind: "merge", by: MAINTAINER, after, sha });
    await checked(story, sha);
  });
  return story;
}

/** Waits for the check of a commit on another branch. */
function checked({ github, repository }: Story, sha: string): Promise<void> {
  const isDone = (): boolean =>
    github.checkRuns(repository, sha).some(({ status }) => status === "completed");
  return until(isDone, `check on ${sha}`);
}

/** Puts all of the branch's work into one commit on top of another one, with what that one has. */
async function rewrite(story: Story, onto: string): Promise<void> {
  const { github, repository, branch, events } = story;
  const { git } = repository;
  const from = git.head(branch) ?? "";
  const tree = git.text("merge-tree", "--write-tree", onto, from);
  const paths = git.text("diff", "--name-only", onto, tree).split("\n");
  const files = Object.fromEntries(
    paths.map((path) => [path, git.run("show", `${tree}:${path}`).toString("utf8")]),
  );
  const after = lastId(story);
  const to = await github.forcePush(repository, branch, onto, files, "Ship orders and report on them");
  events.push({ kind: "force push", by: AUTHOR, after, from, to });
}
