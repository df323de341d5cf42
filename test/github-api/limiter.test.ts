import { describe, expect, test } from "vitest";
import { createLimiter, DEFAULT_RATES, type Limiter } from "../../src/github/limiter.ts";

/** A clock that only moves when somebody waits, or is told to. */
function fakeClock() {
  let time = 1_000_000;
  return {
    now: () => time,
    async wait(milliseconds: number): Promise<void> {
      time += milliseconds;
    },
    pass(milliseconds: number): void {
      time += milliseconds;
    },
  };
}

const GET = { method: "GET", url: "/repos/{owner}/{repo}" };
const POST = { method: "POST", url: "/repos/{owner}/{repo}/check-runs" };
const PATCH = { method: "PATCH", url: "/repos/{owner}/{repo}/check-runs/{check_run_id}" };
const QUERY = { method: "POST", url: "/graphql", query: "query { viewer { login } }" };
const MUTATION = { method: "POST", url: "/graphql", query: "mutation($id: ID!) { a(id: $id) }" };

const OK = { status: 200, headers: {} };

/** Octokit's error for a refusal. */
function refusal(status: number, headers: Record<string, string> = {}, message = "secondary rate limit") {
  const response = { status, headers, data: { message } };
  return Object.assign(new Error(message), { name: "HttpError", status, response });
}

const answer = async () => OK;

function failWith(error: unknown): () => Promise<never> {
  return async () => {
    throw error;
  };
}

async function failureOf(sent: Promise<unknown>): Promise<unknown> {
  return sent.then(
    () => "sent",
    (error: unknown) => error,
  );
}

describe("writes, at the rates of the server,", () => {
  async function times(
    limiter: Limiter,
    clock: ReturnType<typeof fakeClock>,
    request: object,
    count: number,
  ) {
    const start = clock.now();
    const sent: number[] = [];
    const send = async () => {
      sent.push((clock.now() - start) / 1_000);
      return OK;
    };
    const results = await Promise.all(Array.from({ length: count }, () => failureOf(limiter(request, send))));
    return { sent, refused: results.filter((one) => one instanceof Error) };
  }

  test("follow each other by fives, then one a second", async () => {
    const clock = fakeClock();
    const limiter = createLimiter({ ...DEFAULT_RATES, ...clock });
    const { sent } = await times(limiter, clock, PATCH, 9);
    expect(sent).toEqual([0, 0, 0, 0, 0, 1, 2, 3, 4]);
    clock.pass(60_000);
    expect((await times(limiter, clock, PATCH, 6)).sent).toEqual([0, 0, 0, 0, 0, 1]);
  });

  test("that would wait long fail with the time instead", async () => {
    const clock = fakeClock();
    const { sent, refused } = await times(createLimiter({ ...DEFAULT_RATES, ...clock }), clock, MUTATION, 30);
    expect(sent).toHaveLength(20);
    expect(refused).toHaveLength(10);
    expect(refused[0]).toMatchObject({ name: "GitHubError", retryAfter: 16, isRateLimit: true });
  });

  test("create at most 80 things a minute and 500 an hour", async () => {
    const clock = fakeClock();
    const limiter = createLimiter({ ...DEFAULT_RATES, ...clock, writeInterval: 1 });
    const { sent, refused } = await times(limiter, clock, POST, 100);
    expect(sent).toHaveLength(80);
    expect(refused[0]).toMatchObject({ retryAfter: 60 });
    // Changes of what exists are not counted.
    expect((await times(limiter, clock, PATCH, 5)).sent).toHaveLength(5);
    let created = 80;
    let last: unknown;
    for (let minute = 1; minute < 10; minute++) {
      clock.pass(60_000);
      const next = await times(limiter, clock, POST, 80);
      created += next.sent.length;
      last = next.refused[0];
    }
    expect(created).toBe(500);
    // The first ones were made nine minutes ago.
    expect((last as { retryAfter: number }).retryAfter).toBeGreaterThan(3_600 - 10 * 60);
  });

  test("run one after the other, while reads do not wait for them", async () => {
    const limiter = createLimiter({ ...DEFAULT_RATES, concurrent: 3 });
    let writing = 0;
    let reading = 0;
    let mostWriting = 0;
    let mostReading = 0;
    const pause = () => new Promise((resolve) => setTimeout(resolve, 5));
    const write = async () => {
      mostWriting = Math.max(mostWriting, ++writing);
      await pause();
      writing -= 1;
      return OK;
    };
    const read = async () => {
      mostReading = Math.max(mostReading, ++reading);
      await pause();
      reading -= 1;
      return OK;
    };
    const jobs = [PATCH, POST, MUTATION].map((request) => limiter(request, write));
    const reads = [GET, QUERY, GET, GET, QUERY, GET].map((request) => limiter(request, read));
    await Promise.all([...jobs, ...reads]);
    expect(mostWriting).toBe(1);
    expect(mostReading).toBe(3);
  });
});

describe("after GitHub asked to wait", () => {
  test.each([
    ["with a time", refusal(403, { "retry-after": "30" }), 30],
    ["with status 429", refusal(429, { "retry-after": "30" }), 30],
    ["until the reset", refusal(403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1040" }), 40],
    ["without a time", refusal(403), 60],
  ])("%s nothing is sent until then", async (_, error, seconds) => {
    const clock = fakeClock();
    const limiter = createLimiter({ ...DEFAULT_RATES, ...clock });
    expect(await failureOf(limiter(GET, failWith(error)))).toMatchObject({ retryAfter: seconds });
    let sent = 0;
    const send = async () => {
      sent += 1;
      return OK;
    };
    clock.pass(10_000);
    for (const request of [GET, POST, QUERY])
      expect(await failureOf(limiter(request, send))).toMatchObject({
        name: "GitHubError",
        isRateLimit: true,
        retryAfter: seconds - 10,
      });
    expect(sent).toBe(0);
    clock.pass((seconds - 10) * 1_000);
    await limiter(GET, send);
    expect(sent).toBe(1);
  });

  test("in GraphQL's way, with status 200, or with the last request of the hour", async () => {
    const clock = fakeClock();
    const limited = { status: 200, headers: {}, data: { errors: [{ type: "RATE_LIMITED" }] } };
    const last = { status: 200, headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1090" } };
    for (const [response, retryAfter] of [
      [limited, 60],
      [last, 90],
    ] as const) {
      const limiter = createLimiter({ ...DEFAULT_RATES, ...clock });
      await limiter(QUERY, async () => response);
      expect(await failureOf(limiter(GET, answer))).toMatchObject({ retryAfter });
    }
  });

  test("and did not say how long, the wait doubles from time to time, not from request to request", async () => {
    const clock = fakeClock();
    const limiter = createLimiter({ ...DEFAULT_RATES, ...clock });
    const refused = () =>
      Promise.all([GET, GET, GET].map((request) => failureOf(limiter(request, failWith(refusal(403))))));
    const waits: unknown[] = [];
    for (let turn = 0; turn < 8; turn++) {
      const [first, second] = (await refused()) as { retryAfter: number }[];
      expect(second?.retryAfter).toBe(first?.retryAfter);
      waits.push(first?.retryAfter);
      clock.pass((first?.retryAfter ?? 0) * 1_000);
    }
    expect(waits).toEqual([60, 120, 240, 480, 960, 1_920, 3_600, 3_600]);
    await limiter(GET, answer);
    expect((await refused())[0]).toMatchObject({ retryAfter: 60 });
  });

  test("requests that waited for their turn are not sent either", async () => {
    const clock = fakeClock();
    const limiter = createLimiter({ ...DEFAULT_RATES, ...clock, concurrent: 1 });
    let sent = 0;
    const results = await Promise.all([
      failureOf(limiter(GET, failWith(refusal(403, { "retry-after": "5" })))),
      failureOf(
        limiter(GET, async () => {
          sent += 1;
          return OK;
        }),
      ),
    ]);
    expect(results).toMatchObject([{ retryAfter: 5 }, { retryAfter: 5 }]);
    expect(sent).toBe(0);
  });

  test("other refusals, and limits of single routes, hold nothing", async () => {
    const limiter = createLimiter({ ...DEFAULT_RATES, ...fakeClock() });
    const uploads = { "x-ratelimit-remaining": "0", "x-ratelimit-resource": "code_scanning_upload" };
    for (const error of [
      refusal(403, {}, "Resource not accessible by integration"),
      refusal(404, {}, "Not Found"),
      refusal(429, uploads),
      new TypeError("fetch failed"),
    ]) {
      expect(await failureOf(limiter(POST, failWith(error)))).toBe(error);
      expect(await limiter(GET, answer)).toBe(OK);
    }
  });
});

test("few requests that are left are told once until the limit is reset", async () => {
  const told: number[] = [];
  const limiter = createLimiter({ ...DEFAULT_RATES, onLow: (remaining) => void told.push(remaining) });
  for (const [remaining, reset] of [
    ["51", "100"],
    ["49", "100"],
    ["48", "100"],
    ["4999", "200"],
    ["30", "200"],
  ])
    await limiter(GET, async () => ({
      status: 200,
      headers: { "x-ratelimit-remaining": remaining, "x-ratelimit-reset": reset },
    }));
  expect(told).toEqual([49, 30]);
});
