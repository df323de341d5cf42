import { afterEach, beforeEach, expect, test } from "vitest";
import { type GitHub, startGitHub } from "../github/start-github.ts";
import type { RepositoryState } from "../github/state.ts";
import { checksSettled } from "./checks-settled.ts";
import { CLEAN, DEFECTIVE } from "./sample.ts";
import { startYieldsign } from "./start-yieldsign.ts";
import { until } from "./until.ts";

let github: GitHub;
let yieldsign: { stop(): Promise<void> };
let repository: RepositoryState;

beforeEach(async () => {
  github = await startGitHub();
  yieldsign = await startYieldsign(github);
  repository = github.createRepository({ owner: "acme", name: "shop", files: CLEAN });
});
afterEach(async () => {
  await yieldsign.stop();
  expect(github.violations).toEqual([]);
  await github.stop();
});

const settled = (branch: string) => checksSettled(github, repository, branch);
const open = (files: Record<string, string> = { "app/api.py": DEFECTIVE }) => {
  repository.git.commit("feature", files, "Use rows", repository.git.head("main"));
  return github.openPullRequest(repository, { head: "feature", base: "main", title: "Use rows" });
};
const lines = (number: number) => github.comments(repository, number).map(({ line }) => line);

test("a fork's pull request gets comments and a check of the base repository; a deleted fork too", async () => {
  const fork = github.fork(repository, "mallory");
  await github.commit(fork, "topic", { "app/api.py": DEFECTIVE }, "Use rows");
  const head = fork.git.head("topic") ?? "";
  const number = await github.openPullRequest(repository, {
    head: "topic",
    base: "main",
    title: "Use rows",
    from: fork,
  });
  await settled(head);
  expect(lines(number)).toEqual([5, 6]);
  expect(github.checkRuns(repository, head)).toMatchObject([{ conclusion: "neutral" }]);
  expect(github.requests.filter(({ path }) => path.includes("mallory"))).toEqual([]);
  github.deleteRepository(fork);
  const readings = () =>
    github.requests.filter(({ operationName }) => operationName === "query PullRequestState").length;
  const before = readings();
  await github.changeBase(repository, number, "main");
  await until(() => readings() > before, "another review");
  await settled(head);
  expect(lines(number)).toEqual([5, 6]);
});

test("duplicate and disordered deliveries lead to one review of the newest head", async () => {
  github.holdDeliveries();
  const number = await open();
  await github.commit(repository, "feature", { "app/api.py": DEFECTIVE, "a.txt": "1\n" }, "More");
  await github.commit(repository, "feature", { "a.txt": "2\n" }, "Most");
  const count = github.deliveries.length;
  const reversed = Array.from({ length: count }, (_, index) => count - 1 - index);
  await github.releaseDeliveries([...reversed, ...reversed]);
  await settled("feature");
  expect(github.reviews(repository, number)).toHaveLength(1);
  expect(github.reviews(repository, number)[0]?.commitId).toBe(repository.git.head("feature"));
  expect(lines(number)).toEqual([5, 6]);
  const everywhere = repository.checkRuns.map(({ status }) => status);
  expect(new Set(everywhere)).toEqual(new Set(["completed"]));
});

test("a force push is reviewed as it is; nothing is said twice", async () => {
  const number = await open();
  await settled("feature");
  const main = repository.git.head("main") ?? "";
  await github.forcePush(repository, "feature", main, { "app/api.py": `"""Doc."""\n${DEFECTIVE}` }, "Again");
  await settled("feature");
  expect(github.reviews(repository, number)).toHaveLength(1);
  expect(lines(number)).toEqual([6, 7]);
});

test("when the base changes, the change is looked at anew", async () => {
  repository.git.commit("release", { "app/api.py": DEFECTIVE }, "Old", repository.git.head("main"));
  repository.git.commit(
    "feature",
    { "app/new.py": "import asyncio\n\n\nasync def f():\n    asyncio.sleep(1)\n" },
    "New",
    repository.git.head("release"),
  );
  const number = await github.openPullRequest(repository, { head: "feature", base: "release", title: "New" });
  await settled("feature");
  expect(github.comments(repository, number).map(({ path }) => path)).toEqual(["app/new.py"]);
  await github.changeBase(repository, number, "main");
  await until(() => github.comments(repository, number).length === 3, "the mistakes of the wider change");
  await settled("feature");
});

test("a deleted branch and a merged queue leave nothing spinning", async () => {
  const number = await open();
  await settled("feature");
  const group = await github.enqueue(repository, number);
  await github.destroyMergeGroup(repository, group, "merged");
  await github.deleteBranch(repository, "feature");
  await settled("main");
  expect(repository.checkRuns.map(({ status }) => status)).not.toContain("in_progress");
});

test("a repository renamed after the event is reviewed under its new name", async () => {
  github.holdDeliveries();
  const number = await open();
  github.rename(repository, { name: "store" });
  await github.releaseDeliveries();
  await settled("feature");
  expect(lines(number)).toEqual([5, 6]);
});

test("a repository that was archived meanwhile does not stop the others", async () => {
  const other = github.createRepository({ owner: "acme", name: "other", files: CLEAN });
  github.holdDeliveries();
  const number = await open();
  github.archive(repository);
  await github.releaseDeliveries();
  await until(() => github.requests.some(({ status }) => status === 403), "the refusal");
  other.git.commit("feature", { "app/api.py": DEFECTIVE }, "Use rows", other.git.head("main"));
  const second = await github.openPullRequest(other, { head: "feature", base: "main", title: "Use rows" });
  await checksSettled(github, other, "feature");
  expect(github.comments(other, second)).toHaveLength(2);
  expect(lines(number)).toEqual([]);
});

test("a used-up budget and the secondary limit delay the review and lose nothing", async () => {
  github.hitPrimaryLimit({ seconds: 2, status: 429 });
  const number = await open();
  await settled("feature");
  expect(lines(number)).toEqual([5, 6]);
  github.hitSecondaryLimit({ seconds: 1 });
  await github.commit(repository, "feature", { "app/more.py": DEFECTIVE }, "More");
  await settled("feature");
  expect(github.comments(repository, number)).toHaveLength(4);
});

test("two installations have their own tokens", async () => {
  github.install("globex");
  const theirs = github.createRepository({ owner: "globex", name: "shop", files: CLEAN });
  theirs.git.commit("feature", { "app/api.py": DEFECTIVE }, "Use rows", theirs.git.head("main"));
  const [first, second] = await Promise.all([
    open(),
    github.openPullRequest(theirs, { head: "feature", base: "main", title: "Use rows" }),
  ]);
  await settled("feature");
  await checksSettled(github, theirs, "feature");
  expect([lines(first).length, github.comments(theirs, second).length]).toEqual([2, 2]);
});
