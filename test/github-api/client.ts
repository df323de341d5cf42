import { ProbotOctokit } from "probot";
import type { GitHubClient } from "../../src/github/client.ts";

export const REPOSITORY = { owner: "acme", repo: "shop" };
export const API = "https://api.github.com";

/** A client as the server uses it, without authentication and without waiting. */
export function createClient(): GitHubClient {
  return new ProbotOctokit({
    throttle: { enabled: false },
    retry: { enabled: false },
  }) as unknown as GitHubClient;
}
