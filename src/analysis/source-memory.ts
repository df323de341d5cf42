import type { PythonParser } from "../python/parse.ts";
import type { SourceFile } from "./analyser.ts";
import { type BoundedMap, createBoundedMap } from "./bounded-map.ts";
import { type ReadSource, readSource } from "./read-unit.ts";

/**
 * Heap that the facts and the text of a file take for each character of it: 8.3 measured on Debian's Python
 * packages, 10.4 on the standard library.
 */
const BYTES_PER_CHARACTER = 10;
const BYTES_PER_FILE = 2_000;

/** What is known of files by the id of their bytes alone: a renamed file is known, whoever has it. */
export interface SourceMemory {
  /** Reads a file, unless one with this id is remembered; `isNotebook` says what its bytes are. */
  read(file: SourceFile, isNotebook?: boolean): ReadSource;
  /** The estimated bytes of what is remembered. */
  readonly bytes: number;
}

/** A memory for about `maxBytes`; what was used longest ago is forgotten first. */
export function createSourceMemory(parser: PythonParser, maxBytes: number): SourceMemory {
  const remembered: BoundedMap<ReadSource> = createBoundedMap(maxBytes);
  return {
    read({ id, bytes }, isNotebook = false) {
      const key = isNotebook ? `${id} as a notebook` : id;
      const known = remembered.get(key);
      if (known !== undefined) return known;
      const read = readSource(parser, bytes, isNotebook);
      const characters = read.ok ? read.text.length : 0;
      const json = read.ok && read.notebook !== null ? read.notebook.json.length : 0;
      remembered.set(key, read, BYTES_PER_FILE + characters * BYTES_PER_CHARACTER + json);
      return read;
    },
    get bytes() {
      return remembered.bytes;
    },
  };
}
