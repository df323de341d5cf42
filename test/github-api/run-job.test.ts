import nock from "nock";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createClients } from "../../src/app/clients.ts";
import { runJob } from "../../src/app/run-job.ts";
import { whyNotChecked } from "../../src/app/why-not-checked.ts";
import { DeadlineExceeded, withDeadline } from "../../src/app/with-deadline.ts";
import { toGitHubError } from "../../src/github/github-error.ts";
import { DEFAULT_RATES } from "../../src/github/limiter.ts";
import { retryDelay } from "../../src/jobs/retry-delay.ts";
import { API, createClient, REPOSITORY } from "./client.ts";

const ROUTE = "GET /repos/{owner}/{repo}";
const repos = "/repos/acme/shop";

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
  nock.enableNetConnect();
});

const log = { warn: () => undefined };

function clients() {
  return createClients({ auth: async () => createClient(), log });
}

function logTo(lines: object[]) {
  return { info: (fields: object, message: string) => void lines.push({ ...fields, message }) };
}

const SUBJECT = { installation: 1, repository: "acme/shop", job: "pull/7", head: "h" };

describe("the log line of a job", () => {
  test("has the requests by operation", async () => {
    nock(API).get(repos).reply(200, {});
    const link = { link: `<${API}/repositories/9/pulls/7/files?per_page=100&page=2>; rel="next"` };
    nock(API).get(`${repos}/pulls/7/files?per_page=100`).reply(200, [{}], link);
    nock(API).get("/repositories/9/pulls/7/files?per_page=100&page=2").reply(200, [{}]);
    nock(API).post("/graphql").times(3).reply(200, { data: {} });
    nock(API).post(`${repos}/check-runs`).reply(201, {});
    const lines: object[] = [];
    await runJob(clients(), logTo(lines), SUBJECT, async (client) => {
      await client.request(ROUTE, REPOSITORY);
      await client.paginate("GET /repos/{owner}/{repo}/pulls/{pull_number}/files", {
        ...REPOSITORY,
        pull_number: 7,
        per_page: 100,
      });
      await client.graphql("query State($id: ID!) { node(id: $id) { id } }", { id: "1" });
      await client.graphql("{ viewer { login } }");
      await client.graphql(
        "mutation($id: ID!) { t1: resolveReviewThread(input: { threadId: $id }) { thread { id } } }",
        {
          id: "1",
        },
      );
      await client.request("POST /repos/{owner}/{repo}/check-runs", {
        ...REPOSITORY,
        name: "x",
        head_sha: "h",
      });
      return "reviewed";
    });
    expect(lines).toEqual([
      {
        ...SUBJECT,
        message: "job done",
        outcome: "reviewed",
        requests: {
          total: 7,
          byOperation: {
            "GET /repos/{owner}/{repo}": 1,
            "GET /repos/{owner}/{repo}/pulls/{}/files": 2,
            "query State": 1,
            "query viewer": 1,
            "mutation resolveReviewThread": 1,
            "POST /repos/{owner}/{repo}/check-runs": 1,
          },
        },
      },
    ]);
  });

  test("is written for a job that failed, too", async () => {
    nock(API).get(repos).reply(404, { message: "Not Found" });
    const lines: object[] = [];
    const failed = runJob(clients(), logTo(lines), SUBJECT, async (client) => {
      await client.request(ROUTE, REPOSITORY);
      return "reviewed";
    });
    await expect(failed).rejects.toMatchObject({ status: 404 });
    expect(lines).toMatchObject([{ outcome: "failed", message: "job not done", requests: { total: 1 } }]);
  });
});

test("an installation that GitHub holds sends nothing more, whatever client; others go on", async () => {
  const clientOf = clients();
  nock(API).get(repos).reply(429, { message: "slow down" }, { "retry-after": "40" });
  const request = async (installation: number): Promise<unknown> => {
    const client = await clientOf(installation);
    return client.request(ROUTE, REPOSITORY).catch(toGitHubError);
  };
  expect(await request(1)).toMatchObject({ status: 429, retryAfter: 40 });
  const held = await request(1);
  expect(held).toMatchObject({ isRateLimit: true, retryAfter: 40 });
  expect(retryDelay(held, 1, 0)).toEqual({ delay: 40_000, isAttempt: false });
  nock(API).get(repos).reply(200, {});
  expect(await request(2)).toMatchObject({ status: 200 });
});

describe("the deadline of a job", () => {
  test("does not touch work that ends before", async () => {
    nock(API).get(repos).reply(200, { id: 1 });
    const client = createClient();
    const work = async () => (await client.request(ROUTE, REPOSITORY)).status;
    expect(await withDeadline(client, work, 5_000)).toBe(200);
  });

  test("aborts the request under way, and fails every further one without sending it", async () => {
    nock(API).get(repos).delay(60_000).reply(200, {});
    const client = createClient();
    const seen: string[] = [];
    const request = async (name: string): Promise<void> => {
      await client.request(ROUTE, REPOSITORY).catch((error: unknown) => {
        seen.push(`${name}: ${(error as Error).name}`);
      });
    };
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const job = withDeadline(
      client,
      async () => {
        await request("first");
        await request("second");
        end();
      },
      50,
    );
    const error: unknown = await job.catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(DeadlineExceeded);
    expect(whyNotChecked(error)).toBe("the review took longer than 0.05 s");
    await ended;
    expect(seen).toEqual(["first: AbortError", "second: AbortError"]);
    expect(retryDelay(error, 1, 0)).toBeNull();
    nock.abortPendingRequests();
  });

  test("also ends work that asks GitHub for nothing", async () => {
    const job = withDeadline(createClient(), () => new Promise<never>(() => undefined), 20);
    await expect(job).rejects.toBeInstanceOf(DeadlineExceeded);
  });

  test("reaches requests that wait for their turn", async () => {
    const slow = { ...DEFAULT_RATES, writeBurst: 1, writeInterval: 100 };
    const client = await createClients({ auth: async () => createClient(), log }, slow)(1);
    nock(API).post(`${repos}/check-runs`).reply(201, {});
    const post = () =>
      client.request("POST /repos/{owner}/{repo}/check-runs", { ...REPOSITORY, name: "x", head_sha: "h" });
    let second: Promise<unknown> = Promise.resolve();
    const job = withDeadline(
      client,
      async () => {
        await post();
        second = post().catch((error: unknown) => (error as Error).name);
        await second;
      },
      40,
    );
    await expect(job).rejects.toBeInstanceOf(DeadlineExceeded);
    expect(await second).toBe("AbortError");
  });
});
