import type { GitHubClient } from "./client.ts";

/** What an installation was granted, by GitHub's names: `contents` is `read` or `write`, or missing. */
export type GrantedPermissions = Readonly<Record<string, string>>;

/**
 * The permissions of the installation whose client this is, from the answer that brought its token. Old installations
 * keep the set that their owner agreed to. Costs no request while the token is in memory (up to an hour, so that is
 * also how late a change is noticed).
 */
export async function grantedPermissions(client: GitHubClient): Promise<GrantedPermissions> {
  const { permissions } = (await client.auth({ type: "installation" })) as {
    readonly permissions?: GrantedPermissions;
  };
  return permissions ?? {};
}
