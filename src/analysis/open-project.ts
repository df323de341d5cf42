import { openLibraryFacts } from "../facts/library-facts.ts";
import { createProject } from "../project/create-project.ts";
import type { Project, SourceUnit } from "../project/project.ts";
import { createScanCache } from "../project/scan-cache.ts";
import { createPythonParser, type PythonParser } from "../python/parse.ts";
import type { SourceTree } from "./analyser.ts";
import { librarySource } from "./library-source.ts";
import { modulePaths } from "./module-paths.ts";
import { readUnit } from "./read-unit.ts";
import { scanTreeOnDemand } from "./scan-tree-on-demand.ts";

/** Opens source trees as projects to ask questions of, without checking them. */
export interface ProjectOpener {
  readonly parser: PythonParser;
  /** A project over the tree; the library facts it shares with the other projects of this opener. */
  open(tree: SourceTree): Project;
}

/** Loads the parser and lists the library facts; one opener per thread is enough. */
export async function createProjectOpener(): Promise<ProjectOpener> {
  const parser = await createPythonParser(() => performance.now());
  const library = openLibraryFacts();
  const scans = createScanCache();
  const libraryUnits = new Map<string, SourceUnit | null>();

  function load(path: string, bytes: Uint8Array): SourceUnit | null {
    const read = readUnit(parser, path, bytes);
    return read.ok ? read.unit : null;
  }

  function loadFacts(path: string): SourceUnit | null {
    const known = libraryUnits.get(path);
    if (known !== undefined) return known;
    const unit = load(path, library.read(path));
    libraryUnits.set(path, unit);
    return unit;
  }

  return {
    parser,
    open: (tree) =>
      createProject({
        paths: modulePaths(tree),
        ...librarySource(library, tree),
        loadFacts,
        ...scanTreeOnDemand(tree, parser, scans),
        load(path) {
          const file = tree.read(path);
          return file === undefined ? undefined : load(path, file.bytes);
        },
      }),
  };
}
