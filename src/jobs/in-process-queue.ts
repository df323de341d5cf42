import type { Job, Queue } from "./queue.ts";
import type { Retry } from "./retry-delay.ts";

/** When a failed job runs again, or null to give up; `age` is in milliseconds since it was added. */
type RetryPolicy = (error: unknown, attempt: number, age: number) => Retry | null;

interface Entry {
  readonly job: Job;
  readonly attempt: number;
  /** Milliseconds of `performance.now()` when the job was added. */
  readonly since: number;
}

interface Delayed {
  readonly entry: Entry;
  readonly timer: NodeJS.Timeout;
}

interface QueueOptions {
  readonly concurrency: number;
  readonly retryDelay: RetryPolicy;
  onError(error: unknown, job: Job, attempt: number): void;
}

/**
 * A queue in the memory of one process.
 *
 * A key is in one of these states: waiting (a newer job of the key replaces the waiting one), running (a newer
 * job waits until it ends), delayed after a failure (a newer job takes its place at once). Never two at once.
 */
export function createInProcessQueue({ concurrency, retryDelay, onError }: QueueOptions): Queue {
  const waiting = new Map<string, Entry>();
  const running = new Set<string>();
  const delayed = new Map<string, Delayed>();
  let isClosed = false;
  let whenIdle: (() => void) | null = null;

  function add(job: Job): void {
    if (isClosed) throw new Error("the queue is closed");
    enqueue({ job, attempt: 1, since: performance.now() });
  }

  function enqueue(entry: Entry): void {
    const { key } = entry.job;
    clearTimeout(delayed.get(key)?.timer);
    delayed.delete(key);
    waiting.set(key, entry);
    startNext();
  }

  function startNext(): void {
    for (const [key, entry] of waiting) {
      if (running.size >= concurrency) return;
      if (running.has(key)) continue;
      waiting.delete(key);
      running.add(key);
      void work(entry);
    }
    if (running.size === 0 && waiting.size === 0 && delayed.size === 0) whenIdle?.();
  }

  async function work(entry: Entry): Promise<void> {
    const { job, attempt } = entry;
    try {
      await job.run();
    } catch (error) {
      onError(error, job, attempt);
      await afterFailure(entry, error);
    } finally {
      running.delete(job.key);
      startNext();
    }
  }

  async function afterFailure({ job, attempt, since }: Entry, error: unknown): Promise<void> {
    if (waiting.has(job.key)) return;
    const retry = retryDelay(error, attempt, performance.now() - since);
    if (retry !== null && !isClosed) {
      const entry = { job, attempt: retry.isAttempt ? attempt + 1 : attempt, since };
      delayed.set(job.key, { entry, timer: setTimeout(() => enqueue(entry), retry.delay) });
      return;
    }
    try {
      await job.giveUp(error);
    } catch (failure) {
      onError(failure, job, attempt);
    }
  }

  return {
    add,
    drain() {
      isClosed = true;
      return new Promise((resolve) => {
        whenIdle = resolve;
        // Who ends does not wait for an hour: what was to be tried later is tried now, for the last time.
        for (const { entry } of [...delayed.values()]) enqueue(entry);
        startNext();
      });
    },
  };
}
