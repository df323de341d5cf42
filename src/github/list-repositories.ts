import type { GitHubClient, Repository } from "./client.ts";
import { PAGE_SIZE } from "./limits.ts";

/** A repository that an installation may see. */
export interface InstalledRepository extends Repository {
  readonly htmlUrl: string;
  readonly defaultBranch: string;
  /** Of the last push to any branch, in milliseconds since 1970; 0 for an empty repository. */
  readonly pushedAt: number;
}

/** The repositories of a client's installation that can change, all pages: archived and disabled ones are left out. */
export async function listRepositories(client: GitHubClient): Promise<InstalledRepository[]> {
  const repositories = await client.paginate("GET /installation/repositories", { per_page: PAGE_SIZE });
  return repositories
    .filter(({ archived, disabled }) => !archived && !disabled)
    .map((one) => ({
      owner: one.owner.login,
      repo: one.name,
      htmlUrl: one.html_url,
      defaultBranch: one.default_branch,
      pushedAt: one.pushed_at === null ? 0 : Date.parse(one.pushed_at),
    }));
}
