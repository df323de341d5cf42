import type { GitHubClient } from "../github/client.ts";

/** API requests of a job, for its log line. The one that gets the installation's token is not among them. */
export interface RequestCount {
  readonly total: number;
  /** By REST route, or by kind and name of the GraphQL operation (of its first field where it has no name). */
  readonly byOperation: Readonly<Record<string, number>>;
}

/** Counts the API requests of a client from now on (each page of a list is one); answers the count so far. */
export function countRequests(client: GitHubClient): () => RequestCount {
  const counts = new Map<string, number>();
  client.hook.before("request", ({ method, url, query }) => {
    const operation = typeof query === "string" ? queryName(query) : `${method} ${routeOf(url)}`;
    counts.set(operation, (counts.get(operation) ?? 0) + 1);
  });
  return () => ({
    total: [...counts.values()].reduce((sum, count) => sum + count, 0),
    byOperation: Object.fromEntries(counts),
  });
}

/** `query Name` or `mutation field`. */
function queryName(query: string): string {
  const [, kind = "query", name] = /^\s*(query|mutation)?\s*(\w+)?/.exec(query) ?? [];
  if (name !== undefined) return `${kind} ${name}`;
  const [, field = "?"] = /\{\s*(?:\w+\s*:\s*)?(\w+)/.exec(query) ?? [];
  return `${kind} ${field}`;
}

/**
 * Routes come with the names of their parameters. Lists that are read page by page come as whole addresses, whose names,
 * numbers and SHAs are taken out; GitHub's links to further pages name the repository by its number.
 */
function routeOf(url: string): string {
  if (!/^https?:/.test(url)) return url;
  return new URL(url).pathname
    .replace(/^\/api\/v3(?=\/)/, "")
    .replace(/^\/(?:repos\/[^/]+\/[^/]+|repositories\/\d+)(?=\/|$)/, "/repos/{owner}/{repo}")
    .replace(/\/(?:\d+|[0-9a-f]{40,64})(?=\/|$)/g, "/{}");
}
