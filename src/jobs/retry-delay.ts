import { toGitHubError } from "../github/github-error.ts";

const MAX_ATTEMPTS = 4;
const FIRST_DELAY_MS = 1_000;
/** Longest wait for one rate limit; GitHub's primary limit resets within the hour. */
const MAX_DELAY_MS = 3_600_000;
/** A job that met nothing but rate limits for so long is given up. */
const MAX_AGE_MS = 6 * 3_600_000;

/** A failed job runs again. */
export interface Retry {
  /** Milliseconds from now. */
  readonly delay: number;
  /** Whether the failure counts as an attempt. */
  readonly isAttempt: boolean;
}

/**
 * Failures of GitHub or the network are tried again some times, with longer and longer pauses; a rate limit is nobody's
 * failure, so the job comes back as often as it takes; everything else is final.
 * @param attempt Attempts so far, rate limits not counted; 1 for the first.
 * @param age Milliseconds since the job was added.
 * @returns Null to give up.
 */
export function retryDelay(error: unknown, attempt: number, age: number): Retry | null {
  const failure = toGitHubError(error);
  const asked = Math.min(MAX_DELAY_MS, (failure.retryAfter ?? 0) * 1_000);
  if (failure.isRateLimit)
    return age + asked > MAX_AGE_MS ? null : { delay: Math.max(asked, FIRST_DELAY_MS), isAttempt: false };
  if (!failure.isRetryable || !isRequestFailure(error) || attempt >= MAX_ATTEMPTS) return null;
  return { delay: Math.max(asked, FIRST_DELAY_MS * 2 ** (attempt - 1)), isAttempt: true };
}

/** Octokit's and our own errors have a status (or are GraphQL's); a programming mistake does not. */
function isRequestFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    "status" in error ||
    error.name === "GraphqlResponseError" ||
    (error.name === "TypeError" && /fetch failed/.test(error.message))
  );
}
