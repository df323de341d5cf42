import { afterEach, beforeEach, expect, test } from "vitest";
import { callApi, tokenOf } from "./caller.ts";
import { type GitHub, startGitHub } from "./start-github.ts";

let github: GitHub;
let authorization: string;

beforeEach(async () => {
  github = await startGitHub();
  authorization = await tokenOf(github);
  github.createRepository({ owner: "acme", name: "shop", files: { "a.py": "" } });
});
afterEach(async () => {
  expect(github.violations).toEqual([]);
  await github.stop();
});

const read = (token = authorization) =>
  callApi(github, "GET", "/v3/repos/acme/shop/git/trees/main", { authorization: token });
const query = () =>
  callApi(github, "POST", "/graphql", {
    authorization,
    body: { query: '{ repository(owner: "acme", name: "shop") { nameWithOwner } }' },
  });

test("every answer says what is left, and asking for it costs nothing", async () => {
  await read();
  const { headers } = await read();
  expect(headers.get("x-ratelimit-limit")).toBe("5000");
  expect(headers.get("x-ratelimit-remaining")).toBe("4998");
  expect(headers.get("x-ratelimit-resource")).toBe("core");
  const { body } = await callApi(github, "GET", "/v3/rate_limit", { authorization });
  expect(body.resources).toMatchObject({ core: { used: 2 }, graphql: { used: 0 } });
});

test.each([403, 429] as const)("a used-up budget answers %d until the reset", async (status) => {
  github.hitPrimaryLimit({ seconds: 1, status });
  const refused = await read();
  expect(refused).toMatchObject({
    status,
    body: { message: "API rate limit exceeded for installation ID 1." },
  });
  expect(refused.headers.get("x-ratelimit-remaining")).toBe("0");
  const reset = Number(refused.headers.get("x-ratelimit-reset")) * 1000;
  expect(reset).toBeGreaterThan(Date.now());
  expect((await query()).body.errors).toBeUndefined();
  await new Promise((resolve) => setTimeout(resolve, 1_050));
  expect((await read()).status).toBe(200);
});

test("GraphQL refuses with status 200", async () => {
  github.hitPrimaryLimit({ seconds: 60, resource: "graphql" });
  const refused = await query();
  expect(refused).toMatchObject({ status: 200, body: { errors: [{ type: "RATE_LIMITED" }] } });
  expect(refused.headers.get("x-ratelimit-remaining")).toBe("0");
  expect((await read()).status).toBe(200);
});

test("the secondary limit holds for REST and GraphQL, of one installation, for a number of requests", async () => {
  const other = await tokenOf(github, github.install("globex").id);
  github.hitSecondaryLimit({ seconds: 60, requests: 2 });
  const refused = await read();
  expect(refused).toMatchObject({
    status: 403,
    body: { message: expect.stringMatching(/^You have exceeded a secondary rate limit\./) },
  });
  expect(refused.headers.get("retry-after")).toBe("60");
  expect(Number(refused.headers.get("x-ratelimit-remaining"))).toBeGreaterThan(0);
  expect((await query()).status).toBe(403);
  expect((await read(other)).status).toBe(200);
  expect((await read()).status).toBe(200);
});
