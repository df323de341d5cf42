import pLimit from "p-limit";
import type { GitHubClient, Repository } from "./client.ts";
import { PARALLEL_READS } from "./limits.ts";

/** The bytes of blobs by SHA, read in parallel. */
export async function readBlobs(
  client: GitHubClient,
  repository: Repository,
  shas: readonly string[],
): Promise<Map<string, Uint8Array>> {
  const limit = pLimit(PARALLEL_READS);
  const unique = [...new Set(shas)];
  const contents = await Promise.all(unique.map((sha) => limit(() => readBlob(client, repository, sha))));
  return new Map(unique.map((sha, index) => [sha, contents[index] ?? new Uint8Array()]));
}

async function readBlob(client: GitHubClient, repository: Repository, sha: string): Promise<Uint8Array> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", {
    ...repository,
    file_sha: sha,
  });
  return Buffer.from(data.content, data.encoding === "base64" ? "base64" : "utf8");
}
