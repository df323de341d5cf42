import type { Job, Queue } from "./queue.ts";

/** When a failed job runs again: milliseconds to wait, or null to give up. */
type RetryPolicy = (error: unknown, attempt: number) => number | null;

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
  const waiting = new Map<string, { job: Job; attempt: number }>();
  const running = new Set<string>();
  const delayed = new Map<string, NodeJS.Timeout>();
  let isClosed = false;
  let whenIdle: (() => void) | null = null;

  function add(job: Job): void {
    if (isClosed) throw new Error("the queue is closed");
    enqueue(job, 1);
  }

  function enqueue(job: Job, attempt: number): void {
    clearTimeout(delayed.get(job.key));
    delayed.delete(job.key);
    waiting.set(job.key, { job, attempt });
    startNext();
  }

  function startNext(): void {
    for (const [key, { job, attempt }] of waiting) {
      if (running.size >= concurrency) return;
      if (running.has(key)) continue;
      waiting.delete(key);
      running.add(key);
      void work(job, attempt);
    }
    if (running.size === 0 && waiting.size === 0 && delayed.size === 0) whenIdle?.();
  }

  async function work(job: Job, attempt: number): Promise<void> {
    try {
      await job.run();
    } catch (error) {
      onError(error, job, attempt);
      await afterFailure(job, attempt, error);
    } finally {
      running.delete(job.key);
      startNext();
    }
  }

  async function afterFailure(job: Job, attempt: number, error: unknown): Promise<void> {
    if (waiting.has(job.key)) return;
    const delay = retryDelay(error, attempt);
    if (delay !== null && !isClosed) {
      delayed.set(
        job.key,
        setTimeout(() => enqueue(job, attempt + 1), delay),
      );
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
        startNext();
      });
    },
  };
}
