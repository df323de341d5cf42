import { isUtf8 } from "node:buffer";
import type { RepositoryState } from "../state.ts";
import { QueryRefusal } from "./query-refusal.ts";

/** GitHub cuts texts here (sveltia/sveltia-cms#950). */
const MAX_TEXT_BYTES = 512_000;

/** The bytes of a blob as GitHub shows them. */
export function blobNode({ lostBlobs, failingBlobs }: RepositoryState, oid: string, bytes: Buffer) {
  if (failingBlobs.has(oid)) throw new QueryRefusal("SERVICE_UNAVAILABLE", "The blob could not be loaded");
  if (lostBlobs.has(oid)) return null;
  const isBinary = bytes.includes(0);
  const shown = bytes.subarray(0, MAX_TEXT_BYTES);
  return {
    __typename: "Blob",
    id: `B_${oid}`,
    oid,
    byteSize: bytes.length,
    isBinary,
    isTruncated: shown.length < bytes.length,
    // What is not UTF-8 is converted to it.
    text: isBinary ? null : shown.toString(isUtf8(shown) ? "utf8" : "latin1"),
  };
}
