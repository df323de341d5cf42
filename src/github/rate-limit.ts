import { PRIMARY_LIMIT_SECONDS, SECONDARY_LIMIT_SECONDS } from "./limits.ts";

/** GitHub's wish that an installation waits. */
export interface RateLimit {
  /** Seconds from now. */
  readonly seconds: number;
  /** GitHub named the time; otherwise it is the least that its documentation asks for. */
  readonly isTimeNamed: boolean;
}

/** The headers of an answer, by names in lower case. */
export type AnswerHeaders = Readonly<Record<string, string | number | undefined>>;

/** GitHub's words for all its limits, among them those of its old abuse detection. */
const LIMIT_WORDS = /rate limit|abuse detection|submitted too quickly/i;

/**
 * Whether an answer says that a rate limit was hit, primary or secondary, and how long to wait.
 * GraphQL answers status 200 with an error of type RATE_LIMITED, or 403 as REST does.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 * @param text The answer's message.
 * @param now Milliseconds since 1970.
 */
export function rateLimitOf(
  status: number,
  headers: AnswerHeaders,
  text: string,
  types: readonly (string | undefined)[],
  now: number,
): RateLimit | null {
  const isGraphQLLimit = types.includes("RATE_LIMITED");
  if (status !== 403 && status !== 429 && !isGraphQLLimit) return null;
  const asked = waitOf(headers, now);
  if (asked !== null) return { seconds: asked, isTimeNamed: true };
  if (status !== 429 && !isGraphQLLimit && !LIMIT_WORDS.test(text)) return null;
  return { seconds: SECONDARY_LIMIT_SECONDS, isTimeNamed: false };
}

/** Seconds that the headers ask to wait, or null: `retry-after`, else the reset of a used up primary limit. */
export function waitOf(headers: AnswerHeaders, now: number): number | null {
  const after = headers["retry-after"];
  if (after !== undefined && Number.isFinite(Number(after))) return Math.max(1, Number(after));
  if (String(headers["x-ratelimit-remaining"]) !== "0") return null;
  const reset = Number(headers["x-ratelimit-reset"]);
  if (!Number.isFinite(reset)) return SECONDARY_LIMIT_SECONDS;
  // Clocks differ: a reset in the past still means to wait a moment, one in the far future is not believed.
  return Math.min(PRIMARY_LIMIT_SECONDS, Math.max(1, Math.ceil(reset - now / 1_000)));
}
