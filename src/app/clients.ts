import type { Probot } from "probot";
import type { GitHubClient } from "../github/client.ts";
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
    return client;
  };
}
