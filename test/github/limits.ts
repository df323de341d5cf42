import type { RouteAnswer } from "./routes.ts";

/** REST and GraphQL have budgets of their own. */
type Resource = "core" | "graphql";

const BUDGET = 5_000;
const WINDOW_MS = 3_600_000;

/** How GitHub refuses once a budget is used up. */
export interface PrimaryLimit {
  readonly installationId?: number;
  readonly resource?: Resource;
  /** Until the budget is full again. */
  readonly seconds: number;
  readonly status?: 403 | 429;
}

/** How GitHub slows an installation down, for some seconds or for some requests. */
export interface SecondaryLimit {
  readonly installationId?: number;
  readonly seconds: number;
  /** Ends earlier, after this many refusals. */
  readonly requests?: number;
}

/** The limits of every installation, which each request counts against. */
export interface Limits {
  usePrimary(limit: PrimaryLimit): void;
  useSecondary(limit: SecondaryLimit): void;
  /** Counts a request; null headers where nothing is limited. */
  count(
    installationId: number,
    resource: Resource,
  ): { headers: Record<string, string>; refusal: RouteAnswer | null };
  /** What `GET /rate_limit` says: asking costs nothing. */
  state(
    installationId: number,
  ): Record<Resource, { limit: number; used: number; remaining: number; reset: number }>;
}

interface Budget {
  used: number;
  resetAt: number;
  status: 403 | 429;
}

/** `clock` gives milliseconds. An installation has 5,000 requests and 5,000 points an hour. */
export function createLimits(clock: () => number): Limits {
  const budgets = new Map<string, Budget>();
  const slow = new Map<number, { until: number; requests: number }>();

  function budgetOf(installationId: number, resource: Resource): Budget {
    const key = `${installationId} ${resource}`;
    const known = budgets.get(key);
    if (known !== undefined && known.resetAt > clock()) return known;
    const fresh: Budget = { used: 0, resetAt: clock() + WINDOW_MS, status: 403 };
    budgets.set(key, fresh);
    return fresh;
  }

  function describe({ used, resetAt }: Budget) {
    return { limit: BUDGET, used, remaining: Math.max(0, BUDGET - used), reset: Math.ceil(resetAt / 1000) };
  }

  function slowDown(installationId: number): RouteAnswer | null {
    const limit = slow.get(installationId);
    if (limit === undefined) return null;
    if (limit.until <= clock() || limit.requests <= 0) {
      slow.delete(installationId);
      return null;
    }
    limit.requests -= 1;
    const seconds = Math.ceil((limit.until - clock()) / 1000);
    return {
      status: 403,
      headers: { "retry-after": String(seconds) },
      body: {
        message:
          "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to GitHub Support for help, please include the request ID 0000:000000.",
        documentation_url:
          "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits",
      },
    };
  }

  return {
    usePrimary({ installationId = 1, resource = "core", seconds, status = 403 }) {
      const budget = { used: BUDGET, resetAt: clock() + seconds * 1000, status };
      budgets.set(`${installationId} ${resource}`, budget);
    },
    useSecondary({ installationId = 1, seconds, requests = Number.POSITIVE_INFINITY }) {
      slow.set(installationId, { until: clock() + seconds * 1000, requests });
    },
    count(installationId, resource) {
      const slowed = slowDown(installationId);
      const budget = budgetOf(installationId, resource);
      const isUsedUp = budget.used >= BUDGET;
      if (slowed === null && !isUsedUp) budget.used += 1;
      const { limit, used, remaining, reset } = describe(budget);
      const headers = {
        "x-ratelimit-limit": String(limit),
        "x-ratelimit-used": String(used),
        "x-ratelimit-remaining": String(remaining),
        "x-ratelimit-reset": String(reset),
        "x-ratelimit-resource": resource,
      };
      if (slowed !== null) return { headers, refusal: slowed };
      return { headers, refusal: isUsedUp ? usedUp(installationId, resource, budget.status) : null };
    },
    state: (installationId) => ({
      core: describe(budgetOf(installationId, "core")),
      graphql: describe(budgetOf(installationId, "graphql")),
    }),
  };
}

/** GraphQL says so with status 200 (GITHUB.md §1). */
function usedUp(installationId: number, resource: Resource, status: number): RouteAnswer {
  const message = `API rate limit exceeded for installation ID ${installationId}.`;
  if (resource === "graphql") return { status: 200, body: { errors: [{ type: "RATE_LIMITED", message }] } };
  return {
    status,
    body: {
      message,
      documentation_url: "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api",
    },
  };
}
