import type { GitHubClient } from "./client.ts";
import { PAGE_SIZE } from "./limits.ts";

/**
 * Numbers of the App's installations, all pages, without the suspended ones.
 * @param client Signs in as the App itself, not as an installation.
 */
export async function listInstallations(client: GitHubClient): Promise<number[]> {
  const installations = await client.paginate("GET /app/installations", { per_page: PAGE_SIZE });
  return installations.filter(({ suspended_at: suspendedAt }) => suspendedAt == null).map(({ id }) => id);
}
