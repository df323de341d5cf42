import { type AnswerHeaders, type RateLimit, rateLimitOf, waitOf } from "./rate-limit.ts";

/** A request that GitHub (or the network) did not fulfil, in the words that matter for what happens next. */
export class GitHubError extends Error {
  override readonly name = "GitHubError";
  /** HTTP status; 0 when no answer arrived. Refusals of GraphQL have the status that REST would give. */
  readonly status: number;
  /** The same request may succeed later. */
  readonly isRetryable: boolean;
  /** Seconds GitHub asks to wait, or null. */
  readonly retryAfter: number | null;
  /** The installation made too many requests: not this one is wrong, but the time. */
  readonly isRateLimit: boolean;

  constructor(message: string, status: number, retryAfter: number | null) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
    this.isRateLimit = (status === 403 || status === 429) && retryAfter !== null;
    this.isRetryable = status === 0 || status >= 500 || status === 401 || this.isRateLimit;
  }
}

/** GitHub refused because the installation was not granted a permission (no limit, no lost repository). */
export function isNotPermitted(error: unknown): boolean {
  const { status, retryAfter } = toGitHubError(error);
  return status === 403 && retryAfter === null;
}

/**
 * Nothing can be done in this repository, now or with the same request later: it is gone, archived, blocked (451), not
 * ours any more, or its installation is suspended or gone.
 */
export function isShutOut(error: unknown): boolean {
  const { status } = toGitHubError(error);
  return isNotPermitted(error) || status === 404 || status === 410 || status === 451;
}

interface GraphQLProblem {
  readonly type?: string;
  readonly message?: string;
}

/** Octokit's `RequestError`, or its `GraphqlResponseError`, which has its headers beside it and no status. */
interface RequestFailure {
  readonly name?: string;
  readonly status?: number;
  readonly message?: string;
  readonly headers?: AnswerHeaders;
  readonly errors?: readonly GraphQLProblem[];
  readonly response?: { readonly headers?: AnswerHeaders; readonly data?: unknown };
}

/** What REST would answer to the refusals of GraphQL. One without a type is GitHub's "Something went wrong". */
const STATUS_OF_TYPE: Readonly<Record<string, number>> = {
  RATE_LIMITED: 429,
  NOT_FOUND: 404,
  FORBIDDEN: 403,
  INSUFFICIENT_SCOPES: 403,
  UNPROCESSABLE: 422,
  STALE_DATA: 409,
  SERVICE_UNAVAILABLE: 503,
};

/** Reads octokit's errors, including both forms of GitHub's 422 bodies, GraphQL's answers with `errors` and rate limits. */
export function toGitHubError(error: unknown, now: number = Date.now()): GitHubError {
  if (error instanceof GitHubError) return error;
  const failure = (error ?? {}) as RequestFailure;
  if (failure.name === "GraphqlResponseError") return toGraphQLError(failure, now);
  const { status, message, response } = failure;
  const text = detailOf(response?.data) ?? message ?? String(error);
  const answered = response === undefined ? 0 : (status ?? 0);
  const headers = response?.headers ?? {};
  const limit = rateLimitOf(answered, headers, text, [], now);
  return new GitHubError(text, answered, limit?.seconds ?? waitOf(headers, now));
}

function toGraphQLError({ errors = [], headers = {} }: RequestFailure, now: number): GitHubError {
  const types = errors.map(({ type }) => type);
  const text = errors.map(({ message }) => message ?? "").join(": ");
  const limit: RateLimit | null = rateLimitOf(200, headers, text, types, now);
  if (limit !== null) return new GitHubError(text, 429, limit.seconds);
  const [first] = types;
  return new GitHubError(text, first === undefined ? 500 : (STATUS_OF_TYPE[first] ?? 422), null);
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
