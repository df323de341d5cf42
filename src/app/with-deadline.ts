import type { GitHubClient } from "../github/client.ts";

/** A job took longer than it may; doing it again would take as long. The message is for people. */
export class DeadlineExceeded extends Error {
  override readonly name = "DeadlineExceeded";
}

/** Longest work on one job; what it waits for its turn does not count. */
const JOB_DEADLINE_MS = 300_000;

/**
 * Does work with a client for so long at most. Afterwards the client is of no use: what it has under way is aborted,
 * and every further request fails, so that work nobody waits for any more writes nothing.
 * @throws DeadlineExceeded
 */
export async function withDeadline<Result>(
  client: GitHubClient,
  work: (client: GitHubClient) => Promise<Result>,
  deadlineMs = JOB_DEADLINE_MS,
): Promise<Result> {
  const controller = new AbortController();
  client.hook.before("request", (options) => {
    controller.signal.throwIfAborted();
    options.request = { ...options.request, signal: controller.signal };
  });
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new DeadlineExceeded(`the review took longer than ${inWords(deadlineMs)}`));
      // Without a reason of its own: octokit knows the standard one and does not try again.
      controller.abort();
    }, deadlineMs);
  });
  try {
    return await Promise.race([work(client), deadline]);
  } finally {
    clearTimeout(timer);
  }
}

function inWords(milliseconds: number): string {
  const minutes = milliseconds / 60_000;
  if (minutes < 1) return `${milliseconds / 1_000} s`;
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
}
