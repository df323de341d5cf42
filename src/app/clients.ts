import type { Probot } from "probot";
import type { GitHubClient } from "../github/client.ts";
import { toGitHubError } from "../github/github-error.ts";
import { createLimiter, DEFAULT_RATES, type Limiter, type LimiterOptions } from "../github/limiter.ts";

/** The part of a logger that clients need. */
interface ClientLog {
  warn(fields: object, message: string): void;
}

/** Where the clients of installations come from. All clients of one installation share its limiter. */
export type Clients = (installation: number) => Promise<GitHubClient>;

/**
 * Makes the clients of a server. Installations do not wait for each other: GitHub counts each alone.
 * @param rates What keeps one installation within GitHub's limits.
 */
export function createClients(
  probot: Pick<Probot, "auth"> & { readonly log: ClientLog },
  rates: LimiterOptions = DEFAULT_RATES,
): Clients {
  const limiters = new Map<number, Limiter>();
  const warnOf = (installation: number) => (remaining: number) =>
    probot.log.warn({ installation, remaining }, "few requests are left until GitHub's limit is reset");
  return async (installation) => {
    const limiter = limiters.get(installation) ?? createLimiter({ ...rates, onLow: warnOf(installation) });
    limiters.set(installation, limiter);
    const client = await probot.auth(installation);
    client.hook.wrap("request", (send, options) => {
      const { method, url } = options;
      return limiter({ method, url, query: options.query }, async () => send(options));
    });
    renewRefusedToken(client);
    return client;
  };
}

/**
 * A token that GitHub does not take any more (401) would be used until its hour is over: a new one takes its place, once
 * for a client, and the job that failed by it is done again. Where there is no new one, that is the job's failure.
 */
function renewRefusedToken(client: GitHubClient): void {
  let isRenewed = false;
  client.hook.error("request", async (error) => {
    if (!isRenewed && toGitHubError(error).status === 401) {
      isRenewed = true;
      await client.auth({ type: "installation", refresh: true });
    }
    throw error;
  });
}
