/** A request that GitHub (or the network) did not fulfil, in the words that matter for what happens next. */
export class GitHubError extends Error {
  override readonly name = "GitHubError";
  /** HTTP status; 0 when no answer arrived. */
  readonly status: number;
  /** The same request may succeed later. */
  readonly isRetryable: boolean;
  /** Seconds GitHub asks to wait, or null. */
  readonly retryAfter: number | null;

  constructor(message: string, status: number, retryAfter: number | null) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
    const isLimited = (status === 403 || status === 429) && retryAfter !== null;
    this.isRetryable = status === 0 || status >= 500 || status === 401 || isLimited;
  }
}

/** GitHub refused because the installation was not granted a permission (no limit, no lost repository). */
export function isNotPermitted(error: unknown): boolean {
  const { status, retryAfter } = toGitHubError(error);
  return status === 403 && retryAfter === null;
}

interface RequestFailure {
  readonly status?: number;
  readonly message?: string;
  readonly response?: { readonly headers?: Record<string, string | undefined>; readonly data?: unknown };
}

/** Reads octokit's error, including both forms of GitHub's 422 bodies and its rate limit headers. */
export function toGitHubError(error: unknown, now: number = Date.now()): GitHubError {
  if (error instanceof GitHubError) return error;
  const { status, message, response } = (error ?? {}) as RequestFailure;
  const isAnswered = response !== undefined;
  return new GitHubError(
    detailOf(response?.data) ?? message ?? String(error),
    isAnswered ? (status ?? 0) : 0,
    waitOf(response?.headers, now),
  );
}

function detailOf(data: unknown): string | null {
  if (typeof data !== "object" || data === null) return null;
  const { message, errors } = data as { message?: unknown; errors?: unknown };
  const details = Array.isArray(errors)
    ? errors.map((one) =>
        typeof one === "string" ? one : String((one as { message?: unknown }).message ?? ""),
      )
    : [];
  const text = [typeof message === "string" ? message : "", ...details]
    .filter((part) => part !== "")
    .join(": ");
  return text === "" ? null : text;
}

function waitOf(headers: Record<string, string | undefined> | undefined, now: number): number | null {
  const after = Number(headers?.["retry-after"]);
  if (Number.isFinite(after) && headers?.["retry-after"] !== undefined) return after;
  if (headers?.["x-ratelimit-remaining"] !== "0") return null;
  const reset = Number(headers["x-ratelimit-reset"]);
  return Number.isFinite(reset) ? Math.max(1, Math.ceil(reset - now / 1000)) : 60;
}
