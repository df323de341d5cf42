import type { GitHubClient, Repository } from "./client.ts";
import type { BlobRequest } from "./read-blob-batch.ts";

/** A file of a listing. */
export interface ListedFile extends BlobRequest {
  readonly isExecutable: boolean;
}

/** What a folder of a repository holds. Paths are relative to the folder. */
export interface TreeListing {
  /** Python files, stubs and notebooks; links, submodules and everything else are left out. */
  readonly files: ReadonlyMap<string, ListedFile>;
  /** Folders with the SHAs of their trees. */
  readonly folders: ReadonlyMap<string, string>;
  /** GitHub cut the listing. */
  readonly isTruncated: boolean;
}

/** Git's mode of a file that may be run. */
const EXECUTABLE = "100755";

/**
 * Lists a commit or a tree in one request, with all folders below or without. A recursive listing has at most
 * 100,000 entries and 7 MB, then it is truncated.
 * https://docs.github.com/rest/git/trees#get-a-tree
 */
export async function readTree(
  client: GitHubClient,
  repository: Repository,
  sha: string,
  isRecursive: boolean,
): Promise<TreeListing> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", {
    ...repository,
    tree_sha: sha,
    // Any value means yes, also "0".
    ...(isRecursive ? { recursive: "1" } : {}),
  });
  const files = new Map<string, ListedFile>();
  const folders = new Map<string, string>();
  for (const entry of data.tree) {
    const { path, type, mode } = entry;
    if (path === undefined || entry.sha === undefined) continue;
    if (type === "tree") folders.set(path, entry.sha);
    else if (type === "blob" && mode !== "120000" && /\.(pyi?|ipynb)$/.test(path))
      files.set(path, { sha: entry.sha, size: entry.size ?? 0, isExecutable: mode === EXECUTABLE });
  }
  return { files, folders, isTruncated: data.truncated };
}
