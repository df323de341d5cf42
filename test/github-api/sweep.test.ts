import nock from "nock";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createClients } from "../../src/app/clients.ts";
import { sweepStaleChecks } from "../../src/app/sweep-stale-checks.ts";
import { API, createClient } from "./client.ts";

const NOW = Date.parse("2026-11-25T12:00:00Z");
const OLD = "2026-11-25T11:40:00Z";

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
  nock.enableNetConnect();
});

function installations(...ids: number[]): void {
  const suspended = { id: 999, suspended_at: OLD };
  nock(API)
    .get("/app/installations?per_page=100")
    .reply(200, [...ids.map((id) => ({ id, suspended_at: null })), suspended]);
}

function repositories(...names: string[]): void {
  const common = {
    owner: { login: "acme" },
    html_url: "https://github.com/acme/x",
    default_branch: "main",
    archived: false,
    disabled: false,
    pushed_at: OLD,
  };
  const left = [
    { ...common, name: "archived", archived: true },
    { ...common, name: "quiet", pushed_at: "2026-11-01T00:00:00Z" },
    { ...common, name: "empty", pushed_at: null },
  ];
  const listed = [...names.map((name) => ({ ...common, name })), ...left];
  nock(API)
    .get("/installation/repositories?per_page=100")
    .reply(200, { total_count: listed.length, repositories: listed });
}

interface Run {
  readonly id: number;
  readonly key: string;
  readonly status?: string;
  readonly startedAt?: string;
}

function commit(oid: string, ...runs: Run[]) {
  const nodes = runs.map(({ id, key, status = "IN_PROGRESS", startedAt = OLD }) => ({
    databaseId: id,
    externalId: key,
    status,
    startedAt,
  }));
  return {
    oid,
    parents: { nodes: [{ oid: `${oid}^` }] },
    checkSuites: { nodes: [{ checkRuns: { nodes } }] },
  };
}

function heads(
  pulls: { number: number; isDraft?: boolean; commit: object }[],
  branches: { name: string; target: object }[],
): void {
  const repository = {
    defaultBranchRef: branches.find(({ name }) => name === "main") ?? null,
    pullRequests: {
      nodes: pulls.map(({ number, isDraft = false, commit }) => ({
        number,
        isDraft,
        commits: { nodes: [{ commit }] },
      })),
    },
    refs: { nodes: branches },
  };
  nock(API).post("/graphql").reply(200, { data: { repository } });
}

async function sweep(maxRequests?: number) {
  const jobs: string[] = [];
  const warnings: object[] = [];
  const result = await sweepStaleChecks(
    {
      appId: 1,
      appClient: createClient(),
      clients: createClients({ auth: async () => createClient(), log: { warn: () => undefined } }),
      jobs: {
        reviewPull: ({ repository: { name } }, number, head) =>
          void jobs.push(`${name} pull ${number} ${head}`),
        reviewPush: ({ repository: { name } }, { key, headSha, before, branch }) =>
          void jobs.push(`${name} ${key} ${before}..${headSha} ${branch}`),
      },
      now: NOW,
      random: () => 0,
      warn: (fields) => void warnings.push(fields),
    },
    maxRequests,
  );
  return { jobs, warnings, result };
}

test("checks that stay in progress become the jobs that complete them", async () => {
  installations(1);
  repositories("shop");
  heads(
    [
      { number: 1, commit: commit("a", { id: 1, key: "pull/1" }) },
      { number: 2, commit: commit("b", { id: 2, key: "push/topic" }) },
      { number: 3, commit: commit("c", { id: 3, key: "pull/3", status: "COMPLETED" }) },
      { number: 4, commit: commit("d", { id: 4, key: "pull/4", startedAt: "2026-11-25T11:55:00Z" }) },
    ],
    [
      { name: "main", target: commit("e", { id: 5, key: "push/main" }) },
      { name: "topic", target: commit("b", { id: 2, key: "push/topic" }) },
      { name: "other", target: commit("f", { id: 6, key: "push/other" }) },
      { name: "gh-readonly-queue/main/pr-7-x", target: commit("g", { id: 7, key: "merge-group/g" }) },
    ],
  );
  const { jobs, result } = await sweep();
  expect(jobs).toEqual([
    "shop pull 1 a",
    "shop pull 2 b",
    "shop push/main e^..e main",
    "shop push/other null..f other",
    "shop merge-group/g g^..g null",
  ]);
  expect(result).toEqual({ installations: 1, repositories: 1, reviewed: 5, closed: 0, requests: 3 });
});

test("what no job would complete is completed as neutral", async () => {
  installations(1);
  repositories("shop");
  heads(
    [
      { number: 1, commit: commit("a", { id: 1, key: "pull/9" }) },
      { number: 2, isDraft: true, commit: commit("b", { id: 2, key: "pull/2" }) },
    ],
    [
      { name: "main", target: commit("c", { id: 3, key: "yieldsign:c" }) },
      { name: "topic", target: commit("d", { id: 4, key: "push/renamed" }) },
    ],
  );
  const bodies: object[] = [];
  for (const id of [1, 2, 3, 4])
    nock(API)
      .patch(`/repos/acme/shop/check-runs/${id}`, (body) => bodies.push(body) > 0)
      .reply(200, {});
  const { jobs, result } = await sweep();
  expect(jobs).toEqual([]);
  expect(result).toMatchObject({ reviewed: 0, closed: 4 });
  expect(bodies[0]).toEqual({
    status: "completed",
    conclusion: "neutral",
    output: {
      title: "Interrupted",
      summary: "Yieldsign was interrupted while it checked this commit. Re-run the check to try again.",
    },
  });
});

test("a rate limit ends the sweep of its installation quietly, other trouble that of its repository", async () => {
  installations(1, 2);
  repositories("one", "two");
  nock(API).post("/graphql").reply(403, { message: "secondary rate limit" }, { "retry-after": "60" });
  repositories("three", "four");
  nock(API)
    .post("/graphql")
    .reply(200, { data: null, errors: [{ type: "NOT_FOUND", message: "gone" }] });
  heads([{ number: 1, commit: commit("a", { id: 1, key: "pull/1" }) }], []);
  const { jobs, warnings, result } = await sweep();
  expect(jobs).toEqual(["four pull 1 a"]);
  expect(warnings).toMatchObject([{ repository: "acme/three", err: { status: 404 } }]);
  expect(result).toMatchObject({ installations: 2, repositories: 3, requests: 6 });
});

test("a sweep has a budget of requests", async () => {
  installations(1, 2);
  repositories("one", "two", "three");
  heads([], []);
  heads([], []);
  expect((await sweep(4)).result).toMatchObject({ installations: 1, repositories: 2, requests: 4 });
});
