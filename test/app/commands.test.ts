import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type GitHub, startGitHub } from "../github/start-github.ts";
import type { RepositoryState } from "../github/state.ts";
import { checksSettled } from "./checks-settled.ts";
import { startYieldsign } from "./start-yieldsign.ts";
import { until } from "./until.ts";

const BASE = {
  "app/__init__.py": "",
  "app/repo.py": "async def rows():\n    yield 1\n\n\nasync def save(row):\n    return row\n",
  "app/api.py": "from app.repo import rows, save\n\n\nasync def main():\n    return 1\n",
};
const DEFECTIVE =
  "from app.repo import rows, save\n\n\nasync def main():\n    for row in rows():\n        save(row)\n    return 1\n";
const GOOD = DEFECTIVE.replace("for row", "async for row").replace("save(row)\n", "await save(row)\n");
const PERMISSIONS = {
  checks: "write",
  contents: "write",
  issues: "read",
  metadata: "read",
  pull_requests: "write",
} as const;

let data: string;
let github: GitHub;
let yieldsign: { stop(): Promise<void>; url: string };
let repository: RepositoryState;

async function start(contents: "read" | "write"): Promise<void> {
  github = await startGitHub({ permissions: { ...PERMISSIONS, contents } });
  yieldsign = await startYieldsign(github, { dataDirectory: data });
  repository = github.createRepository({ owner: "acme", name: "shop", files: BASE });
  github.setPermission(repository, "reader", "read");
  github.setPermission(repository, "stranger", "none");
}

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "yieldsign-data-"));
});

afterEach(async () => {
  await yieldsign.stop();
  await github.stop();
  rmSync(data, { recursive: true, force: true });
});

const settled = (): Promise<void> => checksSettled(github, repository, "feature");
const head = (): string => repository.git.head("feature") ?? "";
const show = (path: string): string => repository.git.run("show", `feature:${path}`).toString("utf8");

async function openDefective(): Promise<number> {
  repository.git.commit("feature", { "app/api.py": DEFECTIVE }, "Use rows", repository.git.head("main"));
  const number = await github.openPullRequest(repository, {
    head: "feature",
    base: "main",
    title: "Use rows",
  });
  await settled();
  return number;
}

const BOT = "yieldsign[bot]";

/** Our reactions to a comment in the timeline or on lines. */
function reactions(number: number, id: number): string[] {
  const comments = [...github.timeline(repository, number), ...github.comments(repository, number)];
  const comment = comments.find((one) => one.id === id);
  return (comment?.reactions ?? []).filter(({ user }) => user === BOT).map(({ content }) => content);
}

/** Our comments in the timeline. */
function answers(number: number): string[] {
  return github
    .timeline(repository, number)
    .filter(({ author }) => author === BOT)
    .map(({ body }) => body);
}

async function finished(number: number, id: number): Promise<void> {
  await until(() => reactions(number, id).length > 1, `an end of the command ${id}`);
}

/** Somebody writes in the timeline; waits for the end and answers with our reactions and what we wrote. */
async function say(number: number, login: string, body: string) {
  const before = answers(number).length;
  const id = await github.comment(repository, number, body, login);
  await finished(number, id);
  return { id, reactions: reactions(number, id), answers: answers(number).slice(before) };
}

describe("apply", () => {
  test("by a comment commits all certain repairs, answers once, and the commit is reviewed", async () => {
    await start("write");
    const number = await openDefective();
    const { id, ...said } = await say(number, "octocat", "Thanks.\r\n\r\n/yieldsign apply");
    expect(said).toEqual({
      reactions: ["eyes", "+1"],
      answers: [`Applied 2 repairs in ${head().slice(0, 7)}.\n\n<!-- yieldsign:answer ${id} -->`],
    });
    await settled();
    expect(show("app/api.py")).toBe(GOOD);
    expect(github.checkRuns(repository, head())).toMatchObject([{ conclusion: "success", actions: [] }]);
    const delivery = github.deliveries.find(({ event }) => event === "issue_comment");
    const requests = github.requests.length;
    await github.redeliver(delivery?.guid ?? "");
    await until(() => github.requests.length >= requests + 2, "the repeated job");
    await settled();
    expect(answers(number)).toHaveLength(1);
    const again = await say(number, "octocat", "/yieldsign apply");
    expect(again).toMatchObject({ reactions: ["eyes", "confused"] });
    expect(again.answers[0]).toContain("the last commit is Yieldsign's own");
    expect(repository.git.text("rev-list", "--count", "main..feature")).toBe("2");
    expect(github.violations).toEqual([]);
  });

  test("by the button says in the check run what came of it", async () => {
    await start("write");
    await openDefective();
    const [run] = github.checkRuns(repository, head());
    if (run === undefined) throw new Error("no check run");
    const { title, annotations } = run;
    await github.pressAction(repository, run.id, "apply-fixes", "reader");
    await until(() => run.summary?.includes("needs write access") === true, "the refusal");
    expect(repository.git.text("rev-list", "--count", "main..feature")).toBe("1");
    await github.pressAction(repository, run.id, "apply-fixes", "octocat");
    await until(() => run.summary?.includes("Applied 2 repairs in ") === true, "the commit");
    await settled();
    expect(show("app/api.py")).toBe(GOOD);
    expect(run).toMatchObject({ title, annotations, conclusion: "neutral", status: "completed" });
    expect(github.violations).toEqual([]);
  });

  test("leaves alone what a person decided to keep", async () => {
    await start("write");
    const number = await openDefective();
    const [first, second] = github.comments(repository, number);
    await github.setResolved(repository, number, first?.id ?? 0, true);
    const said = await say(number, "octocat", "/yieldsign apply");
    expect(said.answers).toEqual([expect.stringMatching(/^Applied 1 repair in /)]);
    await settled();
    expect(show("app/api.py")).toBe(DEFECTIVE.replace("save(row)\n", "await save(row)\n"));
    expect(second?.thread).toMatchObject({ isResolved: true, resolvedBy: null });
    await github.commit(repository, "feature", { "README.md": "text\n" }, "More");
    await settled();
    expect(github.checkRuns(repository, head())).toMatchObject([
      {
        title: "1 async mistake",
        actions: [],
        summary: expect.stringContaining("People resolved the comment on this one."),
      },
    ]);
    const again = await say(number, "octocat", "/yieldsign apply");
    expect(again.answers).toEqual([expect.stringContaining("there is no repair that can be applied")]);
    expect(github.violations).toEqual([]);
  });

  test("needs write access, and the permission to write contents", async () => {
    await start("read");
    const number = await openDefective();
    const [run] = github.checkRuns(repository, head());
    expect(run).toMatchObject({ actions: [] });
    const reader = await say(number, "reader", "/yieldsign apply");
    expect(reader.reactions).toEqual(["eyes", "confused"]);
    expect(reader.answers).toEqual([expect.stringContaining("needs write access")]);
    const writer = await say(number, "octocat", "/yieldsign apply");
    expect(writer.answers).toEqual([expect.stringContaining("`contents: write`")]);
    expect(show("app/api.py")).toBe(DEFECTIVE);
  });
});

test("an ignored rule is not told any more on this pull request, whoever pushes", async () => {
  await start("write");
  const number = await openDefective();
  const refused = await say(number, "reader", "/yieldsign ignore YS106");
  expect(refused.answers).toEqual([expect.stringContaining("needs write access")]);
  const unknown = await say(number, "octocat", "/yieldsign ignore mising-await");
  expect(unknown.answers).toEqual([expect.stringContaining("Did you mean `missing-await`?")]);
  const { answers: said } = await say(
    number,
    "octocat",
    "/yieldsign ignore missing-await on purpose --> @all",
  );
  expect(said).toEqual([
    expect.stringMatching(
      /^YS106 missing-await is ignored on this pull request from now on\.\n\n<!-- [^@]*$/,
    ),
  ]);
  await until(
    () => github.checkRuns(repository, head()).some(({ title }) => title === "1 async mistake"),
    "the review without the rule",
  );
  await github.commit(repository, "feature", { "other.py": "x = 1\n" }, "Unrelated");
  await settled();
  expect(github.checkRuns(repository, head())).toMatchObject([{ title: "1 async mistake" }]);
  await say(number, "octocat", "/yieldsign apply");
  expect(show("app/api.py")).toBe(DEFECTIVE.replace("for row", "async for row"));
  expect(github.violations).toEqual([]);
});

test("help, explain, config and unknown commands are answered; bots and strangers are not obeyed", async () => {
  await start("write");
  const number = await openDefective();
  const one = async (login: string, body: string) => (await say(number, login, body)).answers.join("\n");
  expect(await one("reader", "/yieldsign help")).toContain("/yieldsign false-positive reason");
  expect(await one("reader", "/yieldsign explain YS104")).toContain("**YS104 for-over-async-generator**");
  expect(await one("reader", "/yieldsign config")).toContain("`max-comments`: `10`");
  expect(await one("reader", "/yieldsign aply")).toContain("Did you mean `/yieldsign apply`?");
  expect(await one("stranger", "/yieldsign help")).toContain("needs read access");
  const requests = github.requests.length;
  await github.comment(repository, number, "/yieldsign help", "robot[bot]");
  await github.comment(repository, number, "> /yieldsign help");
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(github.requests).toHaveLength(requests);
  expect(github.violations).toEqual([]);
});

test("a review can be asked for by who may write, and by the author of the pull request", async () => {
  await start("write");
  const number = await openDefective();
  const reviews = () => github.requests.filter(({ operationId }) => operationId === "checks/update").length;
  expect((await say(number, "reader", "/yieldsign review")).reactions).toEqual(["eyes", "confused"]);
  github.setPermission(repository, "octocat", "read");
  const before = reviews();
  const author = await say(number, "octocat", "/yieldsign review");
  expect(author).toMatchObject({ reactions: ["eyes", "+1"], answers: [] });
  await until(() => reviews() > before, "the review");
  const { answers: said } = await say(number, "octocat", "/yieldsign apply");
  expect(said).toEqual([expect.stringContaining("needs write access")]);
});

test("what people call wrong is kept once, with the finding", async () => {
  await start("write");
  const number = await openDefective();
  const [root] = github.comments(repository, number);
  if (root === undefined) throw new Error("no comment");
  for (const reason of ["it is fine", "again"]) {
    const id = await github.reply(
      repository,
      number,
      root.id,
      `/yieldsign false-positive ${reason}`,
      "reader",
    );
    await finished(number, id);
    expect(reactions(number, id)).toEqual(["eyes", "+1"]);
  }
  const id = await github.reply(repository, number, root.id, "/yieldsign explain YS104", "reader");
  await finished(number, id);
  expect(github.comments(repository, number).at(-1)?.body).toContain("**YS104 for-over-async-generator**");
  expect(answers(number)).toEqual([]);
  const elsewhere = await say(number, "reader", "/yieldsign false-positive");
  expect(elsewhere.answers).toEqual([expect.stringContaining("as a reply to the comment")]);
  github.react(repository, number, root.id, "-1", "octocat");
  await github.commit(repository, "feature", { "other.py": "x = 1\n" }, "Unrelated");
  await settled();
  const lines = readFileSync(join(data, "feedback.jsonl"), "utf8").trim().split("\n");
  const finding = {
    time: expect.any(String),
    repository: "acme/shop",
    pullRequest: number,
    thread: root.id,
    rule: "YS104",
    fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
  };
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { ...finding, login: "reader", reason: "it is fine", source: "command" },
    { ...finding, login: "octocat", reason: "", source: "reaction" },
  ]);
  expect(github.violations).toEqual([]);
});
