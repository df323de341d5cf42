import type { Probot } from "probot";

/** An authenticated client for one installation: Probot's own, with `request` and `paginate`. */
export type GitHubClient = Awaited<ReturnType<Probot["auth"]>>;

/** A repository by its two names. */
export interface Repository {
  readonly owner: string;
  readonly repo: string;
}
