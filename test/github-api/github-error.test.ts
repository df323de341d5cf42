import nock from "nock";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type GitHubError, toGitHubError } from "../../src/github/github-error.ts";
import { API, createClient } from "./client.ts";

const client = createClient();
const NOW = 1_800_000_000_000;

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
  nock.enableNetConnect();
});

/** The error that octokit makes of an answer, as the program reads it. */
async function errorOf(request: () => Promise<unknown>): Promise<GitHubError> {
  try {
    await request();
  } catch (error) {
    return toGitHubError(error, NOW);
  }
  throw new Error("the request did not fail");
}

function rest(status: number, message: string, headers: Record<string, string> = {}): Promise<GitHubError> {
  nock(API).get("/repos/acme/shop").reply(status, { message }, headers);
  return errorOf(() => client.request("GET /repos/{owner}/{repo}", { owner: "acme", repo: "shop" }));
}

function graphql(errors: object[], headers: Record<string, string> = {}, data: object | null = null) {
  nock(API).post("/graphql").reply(200, { data, errors }, headers);
  return errorOf(() => client.graphql("{ viewer { login } }"));
}

const SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
const ABUSE =
  "You have triggered an abuse detection mechanism. Please wait a few minutes before you try again.";
const PRIMARY = "API rate limit exceeded for installation ID 1.";
const used = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(NOW / 1_000 + 120) };
const unused = { "x-ratelimit-remaining": "4987", "x-ratelimit-reset": String(NOW / 1_000 + 120) };

test.each([
  ["a secondary limit with a time", 403, SECONDARY, { ...unused, "retry-after": "17" }, 17],
  ["a secondary limit without", 403, SECONDARY, unused, 60],
  ["abuse detection", 403, ABUSE, {}, 60],
  ["status 429 without a word", 429, "", {}, 60],
  ["the primary limit", 403, PRIMARY, used, 120],
  ["the primary limit with status 429", 429, PRIMARY, used, 120],
  ["a reset that has passed already", 403, PRIMARY, { ...used, "x-ratelimit-reset": "1700000000" }, 1],
  ["a reset beyond the hour", 403, PRIMARY, { ...used, "x-ratelimit-reset": "1900000000" }, 3_600],
])("%s asks to wait", async (_, status, message, headers, retryAfter) => {
  expect(await rest(status, message, headers)).toMatchObject({
    status,
    retryAfter,
    isRateLimit: true,
    isRetryable: true,
  });
});

test("a missing permission is no limit", async () => {
  expect(await rest(403, "Resource not accessible by integration", unused)).toMatchObject({
    status: 403,
    retryAfter: null,
    isRateLimit: false,
    isRetryable: false,
  });
});

test("a server that is down may say for how long, which is no limit of ours", async () => {
  expect(await rest(503, "Service unavailable", { "retry-after": "5" })).toMatchObject({
    retryAfter: 5,
    isRateLimit: false,
    isRetryable: true,
  });
});

test.each([
  ["its primary limit", [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }], used, 429, 120],
  ["a limit without a time", [{ type: "RATE_LIMITED", message: "limit" }], unused, 429, 60],
  ["a missing thing", [{ type: "NOT_FOUND", message: "Could not resolve" }], unused, 404, null],
  ["a missing permission", [{ type: "FORBIDDEN", message: "Resource not accessible" }], unused, 403, null],
  ["a stale head", [{ type: "STALE_DATA", message: "Expected branch to point to" }], unused, 409, null],
  ["a type that is not known", [{ type: "NEW_TYPE", message: "no" }], unused, 422, null],
  ["trouble of its own", [{ message: "Something went odd" }], unused, 500, null],
])("GraphQL says %s with status 200", async (_, errors, headers, status, retryAfter) => {
  const failure = await graphql(errors, headers);
  expect(failure).toMatchObject({ status, retryAfter, isRateLimit: status === 429 });
  expect(failure.message).toBe(errors[0]?.message);
});

test("GraphQL's secondary limit comes with status 403, as that of REST", async () => {
  nock(API).post("/graphql").reply(403, { message: SECONDARY });
  const failure = await errorOf(() => client.graphql("{ viewer { login } }"));
  expect(failure).toMatchObject({ status: 403, retryAfter: 60, isRateLimit: true });
});

test("no answer may be repeated", async () => {
  nock(API).get("/repos/acme/shop").replyWithError("connection reset");
  const failure = await errorOf(() =>
    client.request("GET /repos/{owner}/{repo}", { owner: "acme", repo: "shop" }),
  );
  expect(failure).toMatchObject({ status: 0, isRetryable: true, isRateLimit: false });
});
