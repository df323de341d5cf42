import type { GitHubClient, Repository } from "./client.ts";

/** A file of a tree. */
interface TreeFile {
  readonly sha: string;
  readonly size: number;
}

export interface RepositoryTree {
  /** Regular files by path; links and submodules are left out. */
  readonly files: ReadonlyMap<string, TreeFile>;
  /** GitHub cut the listing (over 100,000 entries or 7 MB). */
  readonly isTruncated: boolean;
}

/** All files of a commit in one request. */
export async function readTree(
  client: GitHubClient,
  repository: Repository,
  commit: string,
): Promise<RepositoryTree> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", {
    ...repository,
    tree_sha: commit,
    recursive: "1",
  });
  const files = new Map<string, TreeFile>();
  for (const { path, sha, size, type, mode } of data.tree) {
    if (type === "blob" && mode !== "120000" && path !== undefined && sha !== undefined)
      files.set(path, { sha, size: size ?? 0 });
  }
  return { files, isTruncated: data.truncated };
}
