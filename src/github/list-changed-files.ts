import type { GitHubClient, Repository } from "./client.ts";
import { PAGE_SIZE } from "./limits.ts";

/** One file of a change as GitHub lists it. */
export interface ChangedFile {
  readonly path: string;
  /** Where it was before a rename; otherwise the same path. */
  readonly previousPath: string;
  readonly status: string;
  /** Bare hunks; null for binary and very large files. */
  readonly patch: string | null;
}

interface ListedFile {
  readonly filename: string;
  readonly previous_filename?: string;
  readonly status: string;
  readonly patch?: string;
}

/** Every changed file of a pull request's current head, all pages (GitHub ends at 3,000 files). */
export async function listChangedFiles(
  client: GitHubClient,
  repository: Repository,
  number: number,
): Promise<ChangedFile[]> {
  const files = await client.paginate("GET /repos/{owner}/{repo}/pulls/{pull_number}/files", {
    ...repository,
    pull_number: number,
    per_page: PAGE_SIZE,
  });
  return files.map(toChangedFile);
}

export function toChangedFile({ filename, previous_filename, status, patch }: ListedFile): ChangedFile {
  return { path: filename, previousPath: previous_filename ?? filename, status, patch: patch ?? null };
}
