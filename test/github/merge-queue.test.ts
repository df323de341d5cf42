import { afterEach, beforeEach, expect, test } from "vitest";
import { readAppGrant } from "./permissions.ts";
import { type GitHub, startGitHub } from "./start-github.ts";
import type { RepositoryState } from "./state.ts";

let github: GitHub;
let repository: RepositoryState;

beforeEach(async () => {
  github = await startGitHub({ permissions: { ...readAppGrant().permissions, merge_queues: "read" } });
  repository = github.createRepository({ owner: "acme", name: "shop", files: { "a.py": "", "b.py": "" } });
  repository.git.commit("topic", { "a.py": "x\n" }, "Change", repository.git.head("main"));
  await github.openPullRequest(repository, { head: "topic", base: "main", title: "Change" });
  repository.git.commit("main", { "b.py": "y\n" }, "Meanwhile", null);
});
afterEach(async () => {
  expect(github.violations).toEqual([]);
  await github.stop();
});

const sent = () => github.deliveries.slice(1).map(({ event, action }) => [event, action]);

test("the queue merges on a branch of its own and asks for checks of that commit", async () => {
  const baseSha = repository.git.head("main") ?? "";
  const group = await github.enqueue(repository, 1);
  expect(group).toMatchObject({
    headRef: `refs/heads/gh-readonly-queue/main/pr-1-${baseSha}`,
    baseRef: "refs/heads/main",
    baseSha,
  });
  const parents = repository.git.text("log", "-1", "--format=%P", group.headRef);
  expect(parents).toBe(`${baseSha} ${repository.git.head("topic")}`);
  expect(repository.git.text("show", `${group.headSha}:a.py`, `${group.headSha}:b.py`)).toBe("x\ny");
  expect(sent()).toEqual([
    ["push", null],
    ["merge_group", "checks_requested"],
  ]);
  expect(JSON.parse(github.deliveries.at(-1)?.body ?? "")).toMatchObject({
    merge_group: { head_sha: group.headSha, head_ref: group.headRef, base_sha: baseSha },
    installation: { id: 1 },
  });
});

test("a merged group moves the base and closes the pull request", async () => {
  const group = await github.enqueue(repository, 1);
  await github.destroyMergeGroup(repository, group, "merged");
  expect(repository.git.head("main")).toBe(group.headSha);
  expect(repository.git.head(group.headRef.slice("refs/heads/".length))).toBeNull();
  expect(sent().slice(2)).toEqual([
    ["merge_group", "destroyed"],
    ["push", null],
    ["pull_request", "closed"],
    ["push", null],
  ]);
});

test("a group that was taken out leaves everything as it was", async () => {
  const main = repository.git.head("main");
  const group = await github.enqueue(repository, 1);
  await github.destroyMergeGroup(repository, group, "dequeued");
  expect(repository.git.head("main")).toBe(main);
  expect(JSON.parse(github.deliveries.at(-2)?.body ?? "").reason).toBe("dequeued");
});
