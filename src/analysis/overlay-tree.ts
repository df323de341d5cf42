import { createHash } from "node:crypto";
import type { FileReport } from "../fixes/fix.ts";
import { encodeSource } from "../python/encode-source.ts";
import type { SourceFile, SourceTree } from "./analyser.ts";

/** The bytes that files are to have instead of their own, by path. */
export type ChangedBytes = ReadonlyMap<string, Uint8Array>;

/** A tree with other bytes for some of its files; `changed` is asked at every reading. */
export function overlayTree(tree: SourceTree, changed: () => ChangedBytes): SourceTree {
  return {
    ...tree,
    read(path): SourceFile | undefined {
      const bytes = changed().get(path);
      return bytes === undefined ? tree.read(path) : { id: idOf(bytes), bytes };
    },
  };
}

/** The bytes of a checked file with another text; null when the encoding it declares cannot hold that. */
export function bytesWith(text: string, { hasBom }: FileReport): Uint8Array | null {
  return encodeSource(text, hasBom);
}

function idOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
