import { afterEach, beforeEach, expect, test } from "vitest";
import { openShop, type Shop } from "./open-shop.ts";

let shop: Shop;

beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  expect(shop.github.violations).toEqual([]);
  await shop.github.stop();
});

test("one query reads a pull request with its head, checks and pending reviews", async () => {
  const { github, repository } = shop;
  const fork = github.fork(repository, "stranger");
  await github.commit(fork, "patch", { "b.py": "y\n" }, "Patch", "stranger");
  const number = await github.openPullRequest(repository, {
    head: "patch",
    base: "main",
    title: "Patch",
    from: fork,
    author: "stranger",
    labels: ["async"],
    isDraft: true,
    canMaintainersModify: true,
  });
  const head = fork.git.head("patch");
  const run = { name: "Yieldsign", head_sha: head, status: "in_progress", external_id: "pull/2" };
  await shop.call("POST", "/check-runs", run);
  await shop.call("POST", "/check-runs", { ...run, name: "Other" });
  const review = await shop.call("POST", `/pulls/${number}/reviews`, { body: "later" });
  const { data, errors } = await shop.query(
    `query State($number: Int!, $app: Int!) { viewer { login } repository(owner: "acme", name: "shop") {
      isArchived
      defaultBranchRef { name target { oid } }
      object(expression: "main:b.py") { ... on Blob { text } }
      pullRequest(number: $number) {
        state merged isDraft headRefOid baseRefOid headRefName baseRefName isCrossRepository maintainerCanModify
        author { __typename login }
        headRepository { nameWithOwner }
        headRef { target { oid ... on Commit { author { user { login } } } } }
        labels(first: 5) { nodes { name } }
        reviews(first: 5, states: [PENDING]) { nodes { databaseId viewerDidAuthor } }
        commits(last: 1) { nodes { commit { oid checkSuites(first: 5, filterBy: { appId: $app }) { nodes {
          checkRuns(first: 5, filterBy: { checkName: "Yieldsign" }) { nodes {
            name externalId status conclusion startedAt annotations(first: 1) { totalCount }
          } }
        } } } } }
      }
    } }`,
    { number, app: github.appId },
  );
  expect(errors).toEqual([]);
  const main = repository.git.head("main");
  const shown = {
    name: "Yieldsign",
    externalId: "pull/2",
    status: "IN_PROGRESS",
    conclusion: null,
    startedAt: expect.stringMatching(/^\d{4}-/),
    annotations: { totalCount: 0 },
  };
  const commit = { oid: head, checkSuites: { nodes: [{ checkRuns: { nodes: [shown] } }] } };
  expect(data).toEqual({
    viewer: { login: "yieldsign[bot]" },
    repository: {
      isArchived: false,
      defaultBranchRef: { name: "main", target: { oid: main } },
      object: { text: "x\n" },
      pullRequest: {
        state: "OPEN",
        merged: false,
        isDraft: true,
        headRefOid: head,
        baseRefOid: main,
        headRefName: "patch",
        baseRefName: "main",
        isCrossRepository: true,
        maintainerCanModify: true,
        author: { __typename: "User", login: "stranger" },
        headRepository: { nameWithOwner: "stranger/shop" },
        headRef: { target: { oid: head, author: { user: { login: "stranger" } } } },
        labels: { nodes: [{ name: "async" }] },
        reviews: { nodes: [{ databaseId: review.body.id, viewerDidAuthor: true }] },
        commits: { nodes: [{ commit }] },
      },
    },
  });
  expect(github.requests.at(-1)).toMatchObject({ operationId: null, operationName: "query State" });
});

test("other Apps have no suite here; the latest run of a name is shown unless all are asked for", async () => {
  const head = shop.repository.git.head("topic");
  for (const external_id of ["a", "b"])
    await shop.call("POST", "/check-runs", { name: "x", head_sha: head, external_id });
  const runs = async (app: number, type: string): Promise<unknown> => {
    const { data } = await shop.query(
      `{ repository(owner: "acme", name: "shop") { object(oid: "${head}") { ... on Commit {
        checkSuites(first: 5, filterBy: { appId: ${app} }) { nodes {
          checkRuns(first: 5, filterBy: { checkType: ${type} }) { nodes { externalId } }
        } }
      } } } }`,
    );
    return JSON.stringify(data).match(/(?<="externalId":")\w+/g);
  };
  expect(await runs(shop.github.appId, "LATEST")).toEqual(["b"]);
  expect(await runs(shop.github.appId, "ALL")).toEqual(["a", "b"]);
  expect(await runs(1, "ALL")).toBeNull();
});

test("a merged pull request, and branches with open pull requests", async () => {
  const fields = `{ repository(owner: "acme", name: "shop") {
    refs(refPrefix: "refs/heads/", first: 10) { nodes { name target { ... on Commit { parents(first: 1) { totalCount } } } } }
    pullRequests(first: 10, states: [OPEN]) { totalCount }
    pullRequest(number: 1) { state merged baseRefOid mergeCommit { oid } }
  } }`;
  const base = shop.repository.git.head("main");
  const sha = await shop.github.merge(shop.repository, 1);
  const { data } = await shop.query(fields);
  expect(data).toMatchObject({
    repository: {
      refs: {
        nodes: expect.arrayContaining([{ name: "topic", target: { parents: { totalCount: 1 } } }]),
      },
      pullRequests: { totalCount: 0 },
      pullRequest: { state: "MERGED", merged: true, baseRefOid: base, mergeCommit: { oid: sha } },
    },
  });
});
