import type { GitHubClient } from "../github/client.ts";

/** Counts the API requests of a client from now on (each page of a list is one); answers the count so far. */
export function countRequests(client: GitHubClient): () => number {
  let requests = 0;
  client.hook.before("request", () => {
    requests += 1;
  });
  return () => requests;
}
