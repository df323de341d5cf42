import { type BoundedMap, createBoundedMap } from "../analysis/bounded-map.ts";
import type { GitHubClient, Repository } from "../github/client.ts";
import type { BlobRequest } from "../github/read-blob-batch.ts";
import { readBlobs } from "../github/read-blobs.ts";
import { readTree, type TreeListing } from "../github/read-tree.ts";
import type { ListTree } from "./known-tree.ts";

const MAX_BLOB_CACHE_BYTES = 48_000_000;
const MAX_TREE_CACHE_BYTES = 32_000_000;
/** Estimated bytes of an entry of a listing besides its path. */
const BYTES_PER_ENTRY = 200;

/**
 * What the process has read of repositories. Blobs and trees never change, so nothing here gets old; the keys hold
 * the repository, because to know a SHA is not to be allowed to read it.
 */
export interface SourceCache {
  readonly blobs: BoundedMap<Uint8Array>;
  readonly trees: BoundedMap<TreeListing>;
}

/** An empty cache; one for the whole process. */
export function createSourceCache(): SourceCache {
  return {
    blobs: createBoundedMap(MAX_BLOB_CACHE_BYTES),
    trees: createBoundedMap(MAX_TREE_CACHE_BYTES),
  };
}

/** Reads blobs of a repository, those in the cache without a request. Missing ones are left out, as by `readBlobs`. */
export async function readCachedBlobs(
  client: GitHubClient,
  repository: Repository,
  { blobs }: SourceCache,
  wanted: readonly BlobRequest[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const contents = new Map<string, Uint8Array>();
  const lacking: BlobRequest[] = [];
  for (const blob of wanted) {
    const known = blobs.get(keyOf(repository, blob.sha));
    if (known === undefined) lacking.push(blob);
    else contents.set(blob.sha, known);
  }
  if (lacking.length === 0) return contents;
  for (const [sha, bytes] of await readBlobs(client, repository, lacking)) {
    contents.set(sha, bytes);
    blobs.set(keyOf(repository, sha), bytes, bytes.byteLength + BYTES_PER_ENTRY);
  }
  return contents;
}

/** Lists trees of a repository with at most `maxRequests` requests; those in the cache cost none. */
export function listTreesThrough(
  client: GitHubClient,
  repository: Repository,
  { trees }: SourceCache,
  maxRequests: number,
): ListTree {
  let left = maxRequests;
  const asked = new Map<string, Promise<TreeListing>>();

  async function read(sha: string, isRecursive: boolean, key: string): Promise<TreeListing> {
    const listing = await readTree(client, repository, sha, isRecursive);
    // Of a truncated listing nothing is used but that it is one.
    const kept = listing.isTruncated ? { ...listing, files: new Map(), folders: new Map() } : listing;
    trees.set(key, kept, sizeOf(kept));
    return kept;
  }

  return async (sha, isRecursive) => {
    const key = `${keyOf(repository, sha)} ${isRecursive ? "whole" : "entries"}`;
    const known = trees.get(key) ?? asked.get(key);
    if (known !== undefined) return known;
    if (left <= 0) return null;
    left -= 1;
    // Head and base ask at the same time and have most trees in common.
    const answer = read(sha, isRecursive, key);
    asked.set(key, answer);
    return answer;
  };
}

function keyOf({ owner, repo }: Repository, sha: string): string {
  return `${owner}/${repo} ${sha}`;
}

function sizeOf({ files, folders }: TreeListing): number {
  let bytes = BYTES_PER_ENTRY;
  for (const path of files.keys()) bytes += path.length + BYTES_PER_ENTRY;
  for (const path of folders.keys()) bytes += path.length + BYTES_PER_ENTRY;
  return bytes;
}
