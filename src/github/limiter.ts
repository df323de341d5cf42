import { setTimeout as sleep } from "node:timers/promises";
import pLimit from "p-limit";
import { GitHubError, toGitHubError } from "./github-error.ts";
import {
  CONCURRENT_REQUESTS,
  CREATIONS_PER_HOUR,
  CREATIONS_PER_MINUTE,
  PRIMARY_LIMIT_SECONDS,
  WRITE_INTERVAL_MS,
} from "./limits.ts";
import { type AnswerHeaders, rateLimitOf, waitOf } from "./rate-limit.ts";
import { isCreation, isWrite, type LimitedRequest } from "./request-kind.ts";

/** How fast one installation may go, and by which clock. */
export interface LimiterOptions {
  /** Requests that run at once. */
  readonly concurrent: number;
  /** Writes that may follow each other without a pause. */
  readonly writeBurst: number;
  /** Milliseconds between further writes. */
  readonly writeInterval: number;
  readonly creationsPerMinute: number;
  readonly creationsPerHour: number;
  /** Longest time in milliseconds that a request waits for its turn to write; beyond, its job is done later. */
  readonly maxWait: number;
  /** Called once in a period of the primary limit, when few requests are left. */
  onLow(remaining: number): void;
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after so many milliseconds. */
  wait(milliseconds: number): Promise<unknown>;
}

/** The rates that GitHub asks for. */
export const DEFAULT_RATES: LimiterOptions = {
  concurrent: CONCURRENT_REQUESTS,
  writeBurst: 5,
  writeInterval: WRITE_INTERVAL_MS,
  creationsPerMinute: CREATIONS_PER_MINUTE,
  creationsPerHour: CREATIONS_PER_HOUR,
  maxWait: 15_000,
  onLow: () => undefined,
  now: () => Date.now(),
  wait: (milliseconds) => sleep(milliseconds),
};

interface Answer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly data?: unknown;
}

/** Sends a request when its installation's turn has come. @throws GitHubError with `retryAfter` if that is not soon. */
export type Limiter = <Response extends Answer>(
  request: LimitedRequest,
  send: () => Promise<Response>,
) => Promise<Response>;

/** Requests of the hour that are few. */
const LOW_REMAINING = 50;
const MINUTE = 60_000;
const HOUR = 3_600_000;

/**
 * The limiter of one installation. Reads run at once up to a number; writes run one after the other, a few without a
 * pause, then one in each interval. Once GitHub asks to wait, nothing more is sent until then: every request fails with
 * the time that is left, so that its job comes back later (going on may get the App banned).
 */
export function createLimiter(options: LimiterOptions = DEFAULT_RATES): Limiter {
  const { now, wait, writeBurst, writeInterval, maxWait } = options;
  const all = pLimit(options.concurrent);
  const writes = pLimit(1);
  let heldUntil = 0;
  /** Limits without a time that followed each other. */
  let unnamed = 0;
  /** When the bucket of writes is full again. */
  let fullAt = 0;
  let creations: number[] = [];
  /** The end of the period for which it was told that few requests are left. */
  let toldReset: unknown = null;

  function refuseWhileHeld(): void {
    const left = heldUntil - now();
    if (left > 0) throw later("GitHub asked this installation to wait", left);
  }

  /** Reserves a turn to write and answers when it comes. */
  function reserve(isCreation: boolean): number {
    const at = Math.max(now(), fullAt - (writeBurst - 1) * writeInterval);
    const earliest = isCreation ? Math.max(at, turnToCreate(at)) : at;
    const delay = earliest - now();
    if (delay > maxWait) throw later("this installation writes more than GitHub allows", delay);
    fullAt = Math.max(earliest, fullAt) + writeInterval;
    if (isCreation) creations.push(earliest);
    return earliest;
  }

  function turnToCreate(at: number): number {
    creations = creations.filter((one) => one > at - HOUR);
    const inMinute = creations.filter((one) => one > at - MINUTE);
    const oldestOf = (times: readonly number[], most: number, span: number): number => {
      const blocking = times.at(-most);
      return blocking === undefined ? at : blocking + span;
    };
    return Math.max(
      oldestOf(inMinute, options.creationsPerMinute, MINUTE),
      oldestOf(creations, options.creationsPerHour, HOUR),
    );
  }

  async function attempt<Response extends Answer>(send: () => Promise<Response>): Promise<Response> {
    refuseWhileHeld();
    let answer: Response;
    try {
      answer = await send();
    } catch (error) {
      throw afterRefusal(error);
    }
    afterAnswer(answer);
    return answer;
  }

  /** Holds the installation if the refusal is a rate limit; answers what the job is told. */
  function afterRefusal(error: unknown): unknown {
    const { status, message, response } = (error ?? {}) as {
      status?: number;
      message?: string;
      response?: Answer;
    };
    if (response === undefined || !isShared(response.headers)) return error;
    const limit = rateLimitOf(status ?? 0, response.headers, message ?? "", [], now());
    if (limit === null) return error;
    const seconds = hold(limit.seconds, limit.isTimeNamed);
    return new GitHubError(toGitHubError(error, now()).message, status ?? 429, seconds);
  }

  function afterAnswer({ status, headers, data }: Answer): void {
    const { errors = [] } = (data ?? {}) as { errors?: readonly { type?: string; message?: string }[] };
    const types = Array.isArray(errors) ? errors.map(({ type }) => type) : [];
    const limit = rateLimitOf(status, headers, "", types, now());
    if (limit !== null) {
      hold(limit.seconds, limit.isTimeNamed);
      return;
    }
    if (heldUntil <= now()) unnamed = 0;
    tellLow(headers);
    // This was the last request of the hour.
    const left = isShared(headers) ? waitOf({ ...headers, "retry-after": undefined }, now()) : null;
    if (left !== null) hold(left, true);
  }

  function tellLow(headers: AnswerHeaders): void {
    const remaining = headers["x-ratelimit-remaining"];
    const reset = headers["x-ratelimit-reset"];
    if (remaining === undefined || Number(remaining) >= LOW_REMAINING || !isShared(headers)) return;
    if (reset !== toldReset) options.onLow(Number(remaining));
    toldReset = reset;
  }

  function hold(seconds: number, isTimeNamed: boolean): number {
    const left = heldUntil - now();
    // Requests that were under way together are refused together: that is one refusal.
    if (!isTimeNamed && left > 0) return Math.ceil(left / 1_000);
    const asked = isTimeNamed ? seconds : Math.min(PRIMARY_LIMIT_SECONDS, seconds * 2 ** unnamed);
    unnamed = isTimeNamed ? 0 : unnamed + 1;
    heldUntil = Math.max(heldUntil, now() + asked * 1_000);
    return asked;
  }

  return async (request, send) => {
    refuseWhileHeld();
    if (!isWrite(request)) return all(() => attempt(send));
    const turn = reserve(isCreation(request));
    return writes(async () => {
      const delay = turn - now();
      if (delay > 0) await wait(delay);
      return all(() => attempt(send));
    });
  };
}

function later(message: string, milliseconds: number): GitHubError {
  return new GitHubError(message, 429, Math.max(1, Math.ceil(milliseconds / 1_000)));
}

/** Whether the answer counts against the limits of everything; a few routes (uploads of SARIF) have one of their own. */
function isShared(headers: AnswerHeaders): boolean {
  const resource = headers["x-ratelimit-resource"];
  return resource === undefined || resource === "core" || resource === "graphql";
}
