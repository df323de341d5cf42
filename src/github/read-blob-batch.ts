import type { GitHubClient, Repository } from "./client.ts";
import { toGitHubError } from "./github-error.ts";
import { MAX_BLOB_TEXT_BYTES } from "./limits.ts";

/** A blob that is wanted: its SHA and its size as the tree says it. */
export interface BlobRequest {
  readonly sha: string;
  readonly size: number;
}

/**
 * Blobs in one query. Others read 200 to 250 at once and see errors above (sveltia/sveltia-cms#950,
 * r-three/common-pile#101). A query without connections costs one point whatever its size.
 */
const MAX_BATCH_BLOBS = 100;
const MAX_BATCH_BYTES = 1_500_000;

const SHA = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

type BatchAnswer =
  | { readonly ok: true; readonly texts: ReadonlyMap<string, string> }
  /** Nothing can be had this way; after an overload, fewer at once may work. */
  | { readonly ok: false; readonly isOverload: boolean };

interface BlobNode {
  readonly isBinary?: boolean | null;
  readonly isTruncated?: boolean;
  readonly byteSize?: number;
  readonly text?: string | null;
}

interface BatchData {
  readonly repository?: Readonly<Record<string, BlobNode | null>> | null;
}

/** Octokit's error for an answer with `errors`: GitHub sends them with status 200, perhaps beside data. */
interface ResponseErrors {
  readonly name: string;
  readonly errors: readonly { readonly type?: string; readonly path?: readonly unknown[] }[];
  readonly data?: BatchData | null;
}

/** Divides blobs into queries by number and size; the second list cannot come by GraphQL. */
export function toBatches(blobs: readonly BlobRequest[]): [BlobRequest[][], BlobRequest[]] {
  const batches: BlobRequest[][] = [];
  const single: BlobRequest[] = [];
  let bytes = 0;
  for (const blob of blobs) {
    if (blob.size > MAX_BLOB_TEXT_BYTES || !SHA.test(blob.sha)) {
      single.push(blob);
      continue;
    }
    const batch = batches.at(-1);
    if (batch === undefined || batch.length >= MAX_BATCH_BLOBS || bytes + blob.size > MAX_BATCH_BYTES) {
      batches.push([blob]);
      bytes = blob.size;
    } else {
      batch.push(blob);
      bytes += blob.size;
    }
  }
  return [batches, single];
}

/**
 * Asks for the texts of blobs in one GraphQL request. A blob without a whole text (missing, an error of its own,
 * binary, truncated) is left out of the answer.
 * @throws GitHubError when the credential is refused or GitHub asks to wait.
 */
export async function readBlobBatch(
  client: GitHubClient,
  { owner, repo }: Repository,
  batch: readonly BlobRequest[],
): Promise<BatchAnswer> {
  const fields = batch.map(({ sha }, index) => `b${index}: object(oid: "${sha}") { ...blob }`);
  const query = `query Blobs($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) { ${fields.join("\n    ")} }
}
fragment blob on Blob { isBinary isTruncated byteSize text }`;
  let data: BatchData | null | undefined;
  try {
    // Whoever calls tries again with fewer blobs; the client's own retries would repeat the same overload.
    data = await client.graphql<BatchData>(query, { owner, name: repo, request: { retries: 0 } });
  } catch (error) {
    if (!isResponseErrors(error)) return refusal(error);
    const failure = toGitHubError(error);
    if (failure.isRateLimit) throw failure;
    data = error.data;
    // A refusal of the whole query has no data.
    if (data?.repository == null)
      return { ok: false, isOverload: error.errors.some(({ type }) => isOverload(type)) };
  }
  const texts = new Map<string, string>();
  for (const [index, { sha }] of batch.entries()) {
    const node = data?.repository?.[`b${index}`];
    if (node?.isBinary === false && node.isTruncated === false && typeof node.text === "string")
      texts.set(sha, node.text);
  }
  return { ok: true, texts };
}

function refusal(error: unknown): BatchAnswer {
  const failure = toGitHubError(error);
  const { status } = failure;
  // To go on while GitHub asks to wait may get the App banned; an expired token helps nobody.
  if (status === 401 || failure.isRateLimit) throw failure;
  return { ok: false, isOverload: status === 0 || status >= 500 };
}

/** An error without a type is GitHub's "Something went wrong", usually the query's time. */
function isOverload(type: string | undefined): boolean {
  return type === undefined || type === "RESOURCE_LIMITS_EXCEEDED" || type === "MAX_NODE_LIMIT_EXCEEDED";
}

function isResponseErrors(error: unknown): error is ResponseErrors {
  return error instanceof Error && error.name === "GraphqlResponseError";
}
