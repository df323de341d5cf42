import { decodeSource } from "../python/decode-source.ts";
import { ParseTimeout, type PythonParser } from "../python/parse.ts";
import type { Scan, ScannedDefinition } from "../python/scan.ts";
import { mayMention, nameHash } from "../python/scan-names.ts";
import { scanSource } from "../python/scan-source.ts";
import { scanTree } from "../python/scan-tree.ts";
import { createScanCache, type ScanCache } from "./scan-cache.ts";

/** A Python file of the repository; `id` names its content (the blob's SHA), null when nothing does. */
export interface IndexedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly id?: string | null;
}

/** A definition: `scanOf(path).definitions[index]`. */
interface DefinitionReference {
  readonly path: string;
  readonly index: number;
}

/** A class with a base of the name that was asked for; whether it is that class, resolution has to say. */
interface SubclassCandidate extends DefinitionReference {
  /** Names of the functions that its body defines. */
  readonly methods: readonly string[];
}

/** What the files of a whole repository define, derive from and mention, without parsing them. */
export interface RepositoryIndex {
  /** Adds a file or replaces it. Content that the cache knows by its id is not scanned again. */
  add(path: string, id: string | null, bytes: Uint8Array): void;
  /** Adds a file whose content the cache knows; false when the content has to be brought. */
  addKnown(path: string, id: string): boolean;
  remove(path: string): void;
  /** The scan of a file: undefined when it is not in the index, null when it cannot be read as Python. */
  scanOf(path: string): Scan | null | undefined;
  /** Functions and classes of this name, whatever they are nested in. */
  definitionsNamed(name: string): readonly DefinitionReference[];
  /** Classes with a base whose last name (before an `as` of the same file) is this. */
  subclassCandidates(base: string): readonly SubclassCandidate[];
  /** Paths of files that mention a name; now and then (equal hashes) of one that does not. */
  filesMentioning(name: string): readonly string[];
}

/** Indexes the files of a repository. A cache that outlives the index makes the next one cheap. */
export function createRepositoryIndex(
  files: Iterable<IndexedFile>,
  parser: PythonParser,
  cache: ScanCache = createScanCache(),
): RepositoryIndex {
  const scans = new Map<string, Scan | null>();
  const definitions = new Map<string, DefinitionReference[]>();
  const subclasses = new Map<string, DefinitionReference[]>();

  const remove = (path: string): void => {
    const scan = scans.get(path);
    scans.delete(path);
    if (scan === null || scan === undefined) return;
    for (const definition of scan.definitions) {
      withdraw(definitions, definition.name, path);
      for (const base of baseNames(definition, scan)) withdraw(subclasses, base, path);
    }
  };
  const put = (path: string, scan: Scan | null): void => {
    remove(path);
    scans.set(path, scan);
    if (scan === null) return;
    for (const [index, definition] of scan.definitions.entries()) {
      enter(definitions, definition.name, { path, index });
      for (const base of baseNames(definition, scan)) enter(subclasses, base, { path, index });
    }
  };
  const addKnown = (path: string, id: string): boolean => {
    const known = cache.get(id);
    if (known === undefined) return false;
    if (scans.get(path) !== known) put(path, known);
    return true;
  };
  const add = (path: string, id: string | null, bytes: Uint8Array): void => {
    if (id !== null && addKnown(path, id)) return;
    const scan = scanFile(bytes, parser);
    if (id !== null) cache.set(id, scan);
    put(path, scan);
  };
  for (const { path, id, bytes } of files) add(path, id ?? null, bytes);

  return {
    add,
    addKnown,
    remove,
    scanOf: (path) => scans.get(path),
    definitionsNamed: (name) => definitions.get(name) ?? [],
    subclassCandidates: (base) =>
      (subclasses.get(base) ?? []).map((reference) => ({
        ...reference,
        methods: methodsOf(scans.get(reference.path)?.definitions ?? [], reference.index),
      })),
    filesMentioning(name) {
      const hash = nameHash(name);
      const paths: string[] = [];
      for (const [path, scan] of scans) if (scan !== null && mayMention(scan.names, hash)) paths.push(path);
      return paths;
    },
  };
}

/** Scans a file, with the help of the parser where the scanner is not sure; null when it is not Python to us. */
function scanFile(bytes: Uint8Array, parser: PythonParser): Scan | null {
  const scan = scanSource(bytes);
  if (scan !== null) return scan;
  const source = decodeSource(bytes);
  if (!source.ok) return null;
  try {
    return scanTree(parser.parse(source.text));
  } catch (error) {
    if (error instanceof ParseTimeout) return null;
    throw error;
  }
}

/** Last names of the bases, each once; an imported base also counts under its name before `as`. */
function baseNames(definition: ScannedDefinition, scan: Scan): ReadonlySet<string> {
  const names = new Set<string>();
  for (const base of definition.bases) {
    if (base === "") continue;
    const name = base.slice(base.lastIndexOf(".") + 1);
    names.add(name);
    for (const imported of scan.imports)
      if (imported.alias === base && imported.name !== null) names.add(imported.name);
  }
  return names;
}

/** Names of the functions directly in a class; definitions come in source order, so its own follow it. */
function methodsOf(definitions: readonly ScannedDefinition[], index: number): string[] {
  const methods: string[] = [];
  for (let at = index + 1; at < definitions.length; at++) {
    const definition = definitions[at];
    if (definition === undefined || definition.parent < index) break;
    if (definition.parent === index && definition.kind === "function") methods.push(definition.name);
  }
  return methods;
}

function enter(map: Map<string, DefinitionReference[]>, name: string, reference: DefinitionReference): void {
  const held = map.get(name);
  if (held === undefined) map.set(name, [reference]);
  else held.push(reference);
}

function withdraw(map: Map<string, DefinitionReference[]>, name: string, path: string): void {
  const held = map.get(name);
  if (held === undefined) return;
  const others = held.filter((reference) => reference.path !== path);
  if (others.length === 0) map.delete(name);
  else map.set(name, others);
}
