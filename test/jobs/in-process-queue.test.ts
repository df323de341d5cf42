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

function job(key: string, run: () => Promise<void>, giveUp = async (): Promise<void> => undefined): Job {
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
    retryDelay: (_, attempt) => (attempt < 3 ? 1 : null),
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

test("GitHub's failures are retried as it asks, programming mistakes are not", () => {
  expect(retryDelay(new GitHubError("bad gateway", 502, null), 1)).toBe(1_000);
  expect(retryDelay(new GitHubError("bad gateway", 502, null), 3)).toBe(4_000);
  expect(retryDelay(new GitHubError("bad gateway", 502, null), 4)).toBeNull();
  expect(retryDelay(new GitHubError("slow down", 403, 30), 1)).toBe(30_000);
  expect(retryDelay(new GitHubError("forbidden", 403, null), 1)).toBeNull();
  expect(retryDelay(new GitHubError("refused", 422, null), 1)).toBeNull();
  expect(retryDelay(new TypeError("x is not a function"), 1)).toBeNull();
});
