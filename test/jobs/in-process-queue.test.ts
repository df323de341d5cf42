import { expect, test } from "vitest";
import { GitHubError } from "../../src/github/github-error.ts";
import { createInProcessQueue } from "../../src/jobs/in-process-queue.ts";
import type { Job } from "../../src/jobs/queue.ts";
import { retryDelay } from "../../src/jobs/retry-delay.ts";

function deferred(): { promise: Promise<void>; resolve(): void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

function job(key: string, run: () => Promise<void>, giveUp: Job["giveUp"] = async () => undefined): Job {
  return { key, label: key, run, giveUp };
}

const options = { concurrency: 2, retryDelay: () => null, onError: () => undefined };

test("jobs of one key never run at once, and only the newest waiting one runs", async () => {
  const queue = createInProcessQueue(options);
  const ran: string[] = [];
  const first = deferred();
  queue.add(
    job("a", async () => {
      ran.push("first");
      await first.promise;
    }),
  );
  queue.add(job("a", async () => void ran.push("second")));
  queue.add(job("a", async () => void ran.push("third")));
  queue.add(job("b", async () => void ran.push("other")));
  expect(ran).toEqual(["first", "other"]);
  first.resolve();
  await queue.drain();
  expect(ran).toEqual(["first", "other", "third"]);
});

test("no more jobs run at once than allowed", async () => {
  const queue = createInProcessQueue(options);
  const gate = deferred();
  let running = 0;
  let most = 0;
  for (const key of ["a", "b", "c", "d"]) {
    queue.add(
      job(key, async () => {
        most = Math.max(most, ++running);
        await gate.promise;
        running -= 1;
      }),
    );
  }
  gate.resolve();
  await queue.drain();
  expect(most).toBe(2);
});

test("a failed job is tried again until the policy gives up; then it is told", async () => {
  const attempts: number[] = [];
  const told = deferred();
  const queue = createInProcessQueue({
    ...options,
    retryDelay: (_, attempt) => (attempt < 3 ? { delay: 1, isAttempt: true } : null),
    onError: (_, __, attempt) => void attempts.push(attempt),
  });
  queue.add(
    job(
      "a",
      async () => {
        throw new Error("broken");
      },
      async () => told.resolve(),
    ),
  );
  await told.promise;
  expect(attempts).toEqual([1, 2, 3]);
});

test("draining waits for the running jobs and takes no new ones", async () => {
  const queue = createInProcessQueue(options);
  const gate = deferred();
  let isDone = false;
  queue.add(
    job("a", async () => {
      await gate.promise;
      isDone = true;
    }),
  );
  const drained = queue.drain();
  expect(() => queue.add(job("b", async () => undefined))).toThrow("closed");
  gate.resolve();
  await drained;
  expect(isDone).toBe(true);
});

test("a failure that is no attempt may come again and again; the policy hears how old the job is", async () => {
  const heard: { attempt: number; age: number }[] = [];
  const done = deferred();
  const queue = createInProcessQueue({
    ...options,
    retryDelay(_, attempt, age) {
      heard.push({ attempt, age });
      return { delay: 5, isAttempt: false };
    },
  });
  let runs = 0;
  queue.add(
    job("a", async () => {
      runs += 1;
      if (runs <= 10) throw new Error("limited");
      done.resolve();
    }),
  );
  await done.promise;
  expect(heard.map(({ attempt }) => attempt)).toEqual(Array(10).fill(1));
  const ages = heard.map(({ age }) => age);
  expect(ages).toEqual([...ages].sort((a, b) => a - b));
  expect(ages.at(-1)).toBeGreaterThan(9 * 4);
});

test("draining does not wait for a retry that is an hour away", async () => {
  const told: unknown[] = [];
  let runs = 0;
  const queue = createInProcessQueue({
    ...options,
    retryDelay: () => ({ delay: 3_600_000, isAttempt: false }),
  });
  queue.add(
    job(
      "a",
      async () => {
        runs += 1;
        throw new Error(`limited ${runs}`);
      },
      async (error) => void told.push(String(error)),
    ),
  );
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(runs).toBe(1);
  await queue.drain();
  expect(runs).toBe(2);
  expect(told).toEqual(["Error: limited 2"]);
});

const badGateway = new GitHubError("bad gateway", 502, null);
const limited = new GitHubError("slow down", 403, 30);
const hours = 3_600_000;

test("GitHub's failures are retried some times, programming mistakes are not", () => {
  expect(retryDelay(badGateway, 1, 0)).toEqual({ delay: 1_000, isAttempt: true });
  expect(retryDelay(badGateway, 3, 0)).toEqual({ delay: 4_000, isAttempt: true });
  expect(retryDelay(badGateway, 4, 0)).toBeNull();
  expect(retryDelay(new GitHubError("forbidden", 403, null), 1, 0)).toBeNull();
  expect(retryDelay(new GitHubError("refused", 422, null), 1, 0)).toBeNull();
  expect(retryDelay(new TypeError("x is not a function"), 1, 0)).toBeNull();
});

test("rate limits never use up attempts, until the job is six hours old", () => {
  expect(retryDelay(limited, 1, 0)).toEqual({ delay: 30_000, isAttempt: false });
  expect(retryDelay(limited, 4, 5 * hours)).toEqual({ delay: 30_000, isAttempt: false });
  expect(retryDelay(limited, 1, 6 * hours)).toBeNull();
  // More than an hour is not believed: the primary limit is over by then.
  expect(retryDelay(new GitHubError("slow down", 429, 86_400), 1, 0)?.delay).toBe(1 * hours);
});
