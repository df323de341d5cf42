import type { Probot } from "probot";
import type { GitHubClient } from "../github/client.ts";
import { createLimiter, type Limiter } from "../github/limiter.ts";

/** Where the clients of installations come from. All clients of one installation share its limiter. */
export type Clients = (installation: number) => Promise<GitHubClient>;

/**
 * Makes the clients of a server. Installations do not wait for each other: GitHub counts each alone.
 * @param newLimiter What keeps one installation within its rates.
 */
export function createClients(
  probot: Pick<Probot, "auth">,
  newLimiter: () => Limiter = createLimiter,
): Clients {
  const limiters = new Map<number, Limiter>();
  return async (installation) => {
    const limiter = limiters.get(installation) ?? newLimiter();
    limiters.set(installation, limiter);
    const client = await probot.auth(installation);
    client.hook.wrap("request", (send, options) => {
      const { method, url } = options;
      return limiter({ method, url, query: options.query }, async () => send(options));
    });
    return client;
  };
}
