import type { GitHub } from "../../github/start-github.ts";
import { until } from "../until.ts";
import {
  APP,
  AUTHOR,
  command,
  edited,
  lastId,
  MAINTAINER,
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

  await tell("opened", () => {
    events.push({ kind: "commit", by: AUTHOR, after: 0, sha: git.head(branch) ?? "" });
    return github.openPullRequest(repository, { head: branch, base: "main", title: "Ship orders" });
  });
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
  await tell("the base branch moved", () => describeOnMain(story));
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
    await until(
      () => github.checkRuns(repository, sha).some(({ status }) => status === "completed"),
      "main's check",
    );
  });
  return story;
}

/** Fixes three of the mistakes by hand, in one commit. */
function fixByHand(story: Story): Promise<string> {
  const files = {
    ...edited(
      story,
      "app/shipping.py",
      ["import time\n", ""],
      ["import requests\n", "import httpx\n"],
      [
        '    response = requests.post(CARRIER, json={"order": order.number}, timeout=10)\n',
        '    async with httpx.AsyncClient(timeout=10) as carrier:\n        response = await carrier.post(CARRIER, json={"order": order.number})\n',
      ],
      ["        time.sleep(1)\n", "        await asyncio.sleep(1)\n"],
    ),
    ...edited(story, "app/orders.py", [
      "    with transaction() as session:\n",
      "    async with transaction() as session:\n",
    ]),
  };
  return story.github.commit(story.repository, story.branch, files, "Do not block while shipping");
}

/** A comment in the code for a mistake that is meant, and an indentation for one that stays. */
function ignoreAndMove(story: Story): Promise<string> {
  const files = {
    ...edited(story, "app/reports.py", [
      "        except BaseException:\n",
      "        except BaseException:  # yieldsign: ignore[YS401] the report outlives its caller\n",
    ]),
    ...edited(story, "app/mail.py", ["    asyncio.gather(", '    if text != "":\n        asyncio.gather(']),
  };
  return story.github.commit(story.repository, story.branch, files, "Say why the report goes on");
}

/** What happens on the base branch meanwhile: lines above those of the pull request, in two of its files. */
function describeOnMain({ github, repository }: Story): Promise<string> {
  const read = (path: string): string => repository.git.run("show", `main:${path}`).toString("utf8");
  const files = {
    "app/orders.py": read("app/orders.py").replace(
      '"""Orders of the shop."""',
      '"""Orders of the shop.\n\nNothing here talks to the carrier: that is the business of another module.\n"""',
    ),
    "app/mail.py": `"""Sends mail through the server of this network."""\n\n${read("app/mail.py")}`,
  };
  return github.commit(repository, "main", files, "Describe the modules", MAINTAINER);
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

/** A later change writes a mistake again that had been fixed. */
function bringBack(story: Story): Promise<string> {
  const files = edited(story, "app/orders.py", [
    "    async with transaction() as session:\n        await session.delete(order)\n",
    '    with transaction() as session:\n        await session.delete(order)\n    await send_mail(order.email, f"Order {order.number} is cancelled.")\n',
  ]);
  return story.github.commit(story.repository, story.branch, files, "Tell people of cancelled orders");
}
