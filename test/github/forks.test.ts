import { afterEach, beforeEach, expect, test } from "vitest";
import { callApi, tokenOf } from "./caller.ts";
import { type GitHub, startGitHub } from "./start-github.ts";
import type { RepositoryState } from "./state.ts";

let github: GitHub;
let base: RepositoryState;
let fork: RepositoryState;
let authorization: string;
let number: number;

beforeEach(async () => {
  github = await startGitHub();
  authorization = await tokenOf(github);
  base = github.createRepository({ owner: "acme", name: "shop", files: { "a.py": "one\n" } });
  fork = github.fork(base, "mallory");
  await github.commit(fork, "topic", { "a.py": "two\n" }, "Change");
  number = await github.openPullRequest(base, { head: "topic", base: "main", title: "Change", from: fork });
});
afterEach(async () => {
  expect(github.violations).toEqual([]);
  await github.stop();
});

const get = (path: string) => callApi(github, "GET", `/v3/repos/acme/shop${path}`, { authorization });

test("its commits are in the base repository, and the push itself is not delivered", async () => {
  expect(base.git.text("rev-parse", "refs/pull/1/head")).toBe(fork.git.head("topic"));
  expect(base.git.head("topic")).toBeNull();
  expect(github.deliveries.map(({ event, action }) => [event, action])).toEqual([["pull_request", "opened"]]);
  await github.commit(fork, "topic", { "a.py": "three\n" }, "Again");
  expect(github.deliveries.map(({ event, action }) => [event, action]).slice(1)).toEqual([
    ["pull_request", "synchronize"],
  ]);
  expect((await get("/pulls/1")).body).toMatchObject({
    maintainer_can_modify: false,
    head: {
      label: "mallory:topic",
      sha: fork.git.head("topic"),
      repo: { full_name: "mallory/shop", fork: true },
    },
    base: { label: "acme:main", repo: { full_name: "acme/shop", fork: false } },
  });
});

test("commits are compared by SHA and by the owner's branch", async () => {
  const [from, to] = [base.git.head("main"), fork.git.head("topic")];
  for (const name of [`${from}...${to}`, "main...mallory:topic"]) {
    const { body } = await get(`/compare/${name}`);
    expect(body).toMatchObject({ status: "ahead", ahead_by: 1, files: [{ filename: "a.py" }] });
    expect(body.commits).toMatchObject([{ sha: to, commit: { message: "Change" } }]);
  }
});

test("reading the fork is allowed, writing is not; checks are the base repository's", async () => {
  const run = { name: "x", head_sha: fork.git.head("topic") };
  const post = (name: string) =>
    callApi(github, "POST", `/v3/repos/${name}/check-runs`, { authorization, body: run });
  expect(await post("mallory/shop")).toMatchObject({
    status: 403,
    body: { message: "Resource not accessible by integration" },
  });
  expect(await post("acme/shop")).toMatchObject({ status: 201, body: { pull_requests: [] } });
  const tree = await callApi(github, "GET", "/v3/repos/mallory/shop/git/trees/topic", { authorization });
  expect(tree.status).toBe(200);
});

test("a deleted fork leaves the pull request without a head repository", async () => {
  const sha = fork.git.head("topic");
  github.deleteRepository(fork);
  expect((await get("/pulls/1")).body.head).toMatchObject({ repo: null, sha });
  await github.setOpen(base, number, false);
  expect(github.deliveries.at(-1)).toMatchObject({ event: "pull_request", action: "closed" });
});

test("a deleted branch closes the pull request, and its head stays known", async () => {
  const sha = fork.git.head("topic");
  await github.deleteBranch(fork, "topic");
  expect((await get("/pulls/1")).body).toMatchObject({ state: "closed", head: { sha } });
});

test("histories without a common commit cannot be compared", async () => {
  const other = github.createRepository({ owner: "acme", name: "other", files: { "b.py": "" } });
  base.git.run("fetch", "--quiet", other.git.folder, "+refs/heads/main:refs/heads/other");
  expect(await get("/compare/main...other")).toMatchObject({
    status: 404,
    body: { message: "No common ancestor between main and other." },
  });
});
