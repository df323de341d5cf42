import { toGitHubError } from "../github/github-error.ts";

const MAX_ATTEMPTS = 4;
const FIRST_DELAY_MS = 1_000;
/** Longest wait for a rate limit; GitHub's primary limit resets within the hour. */
const MAX_DELAY_MS = 3_600_000;

/** Failures of GitHub or the network are tried again, after the time it asks for; everything else is final. */
export function retryDelay(error: unknown, attempt: number): number | null {
  const failure = toGitHubError(error);
  if (
    !(error instanceof Error) ||
    !failure.isRetryable ||
    !isRequestFailure(error) ||
    attempt >= MAX_ATTEMPTS
  )
    return null;
  const asked = failure.retryAfter === null ? 0 : failure.retryAfter * 1_000;
  return Math.min(MAX_DELAY_MS, Math.max(asked, FIRST_DELAY_MS * 2 ** (attempt - 1)));
}

/** Octokit's and our own errors have a status; a programming mistake does not. */
function isRequestFailure(error: Error): boolean {
  return "status" in error || (error.name === "TypeError" && /fetch failed/.test(error.message));
}
