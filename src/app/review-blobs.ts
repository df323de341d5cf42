import type { BlobRequest } from "../github/read-blob-batch.ts";

/** Reads blobs by SHA; those that cannot be had are missing in the answer. */
export type ReadBlobs = (blobs: readonly BlobRequest[]) => Promise<ReadonlyMap<string, Uint8Array>>;

/** The blobs of one review, and how many of them it may still ask for. */
export interface ReviewBlobs {
  /** The bytes, undefined when they were not loaded or cannot be had. */
  contentOf(sha: string): Uint8Array | undefined;
  /** Was asked for, and GitHub does not have it. */
  isUnavailable(sha: string): boolean;
  /**
   * Those of the blobs that are not here yet and fit into so many blobs and bytes, together with what was admitted
   * before. A blob counts once for all commits, fetched or cached: what a review says does not depend on what was
   * read before.
   */
  admit(blobs: readonly BlobRequest[], maxBlobs: number, maxBytes: number): Admission;
  /** Loads blobs in one batch. */
  load(blobs: readonly BlobRequest[]): Promise<void>;
}

interface Admission {
  readonly admitted: readonly BlobRequest[];
  /** Some did not fit. */
  readonly isCutShort: boolean;
}

export function createReviewBlobs(read: ReadBlobs): ReviewBlobs {
  const contents = new Map<string, Uint8Array>();
  const unavailable = new Set<string>();
  let admittedBlobs = 0;
  let admittedBytes = 0;

  return {
    contentOf: (sha) => contents.get(sha),
    isUnavailable: (sha) => unavailable.has(sha),
    admit(blobs, maxBlobs, maxBytes) {
      const admitted = new Map<string, BlobRequest>();
      let isCutShort = false;
      for (const blob of blobs) {
        const { sha, size } = blob;
        if (contents.has(sha) || unavailable.has(sha) || admitted.has(sha)) continue;
        if (admittedBlobs >= maxBlobs || admittedBytes + size > maxBytes) {
          isCutShort = true;
          continue;
        }
        admitted.set(sha, blob);
        admittedBlobs += 1;
        admittedBytes += size;
      }
      return { admitted: [...admitted.values()], isCutShort };
    },
    async load(blobs) {
      if (blobs.length === 0) return;
      const loaded = await read(blobs);
      for (const { sha } of blobs) {
        const content = loaded.get(sha);
        if (content === undefined) unavailable.add(sha);
        else contents.set(sha, content);
      }
    },
  };
}
