import { createHash } from "node:crypto";
import pLimit from "p-limit";
import type { GitHubClient, Repository } from "./client.ts";
import { GitHubError, toGitHubError } from "./github-error.ts";
import { PARALLEL_READS } from "./limits.ts";
import { type BlobRequest, readBlobBatch, toBatches } from "./read-blob-batch.ts";

/** How often a batch that GitHub could not answer is tried again in two halves. */
const MAX_HALVINGS = 2;

/**
 * The bytes of blobs by SHA. Many come in one GraphQL request; what it cannot give (refused, truncated, binary,
 * another encoding) is read one by one through REST. A blob that GitHub does not have is missing in the answer.
 * Every blob is checked against its SHA, so what comes back are the bytes that git has.
 * @throws GitHubError when GitHub asks to wait, or fails for longer than the retries.
 */
export async function readBlobs(
  client: GitHubClient,
  repository: Repository,
  wanted: readonly BlobRequest[],
): Promise<Map<string, Uint8Array>> {
  const contents = new Map<string, Uint8Array>();
  const nothing = new Uint8Array();
  for (const { sha, size } of wanted) if (size === 0 && isBlob(sha, nothing)) contents.set(sha, nothing);
  const unique = [...new Map(wanted.map((blob) => [blob.sha, blob])).values()].filter(
    ({ sha }) => !contents.has(sha),
  );
  const limit = pLimit(PARALLEL_READS);
  const [batches, single] = toBatches(unique);
  const left = await Promise.all(
    batches.map((batch) => limit(() => readOrHalve(client, repository, batch, contents))),
  );
  await Promise.all(
    [...single, ...left.flat()].map(({ sha }) =>
      limit(async () => {
        const bytes = await readBlob(client, repository, sha);
        if (bytes !== null) contents.set(sha, bytes);
      }),
    ),
  );
  return contents;
}

/**
 * Reads a batch into `contents` and answers what is left for REST. GitHub answers 502 or 504 when a query takes
 * too long, so a failed batch is tried again as two halves.
 */
async function readOrHalve(
  client: GitHubClient,
  repository: Repository,
  batch: readonly BlobRequest[],
  contents: Map<string, Uint8Array>,
  halvings = 0,
): Promise<readonly BlobRequest[]> {
  const answer = await readBlobBatch(client, repository, batch);
  if (answer.ok) {
    const left: BlobRequest[] = [];
    for (const blob of batch) {
      const text = answer.texts.get(blob.sha);
      const bytes = text === undefined ? null : new TextEncoder().encode(text);
      if (bytes !== null && isBlob(blob.sha, bytes)) contents.set(blob.sha, bytes);
      else left.push(blob);
    }
    return left;
  }
  if (!answer.isOverload || halvings >= MAX_HALVINGS || batch.length === 1) return batch;
  const middle = Math.ceil(batch.length / 2);
  const halves = [batch.slice(0, middle), batch.slice(middle)];
  const left: BlobRequest[] = [];
  // One after the other: GitHub has trouble already.
  for (const half of halves)
    left.push(...(await readOrHalve(client, repository, half, contents, halvings + 1)));
  return left;
}

/** One blob through REST; null when the repository does not have it (any more). */
async function readBlob(
  client: GitHubClient,
  repository: Repository,
  sha: string,
): Promise<Uint8Array | null> {
  try {
    const { data } = await client.request("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", {
      ...repository,
      file_sha: sha,
    });
    const bytes = Buffer.from(data.content, data.encoding === "base64" ? "base64" : "utf8");
    if (!isBlob(sha, bytes)) throw new GitHubError(`the blob ${sha} arrived damaged`, 0, null);
    return bytes;
  } catch (error) {
    const failure = toGitHubError(error);
    if (failure.status === 404) return null;
    throw failure;
  }
}

/** Whether bytes are the blob with this SHA; a repository may use SHA-256, whose names have 64 digits. */
function isBlob(sha: string, bytes: Uint8Array): boolean {
  const hash = createHash(sha.length === 64 ? "sha256" : "sha1");
  return hash.update(`blob ${bytes.byteLength}\0`).update(bytes).digest("hex") === sha;
}
