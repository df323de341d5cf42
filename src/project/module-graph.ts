import { STANDARD_LIBRARY } from "./standard-library.ts";

/** Where a module lives: `file` is null for a namespace package; `base` is the folder of its submodules. */
interface ModulePlace {
  readonly file: string | null;
  readonly base: string;
}

/** Files of the bundled library facts carry this prefix in front of their path. */
export const FACTS_PREFIX = "facts:";

/** Finds the file of a module without an environment. */
export interface ModuleGraph {
  /** An absolute import written in `importer`; null when the module is not known or not unambiguous. */
  resolve(module: string, importer: string): ModulePlace | null;
  /** A relative import: `level` dots, then `module` (may be empty). */
  resolveRelative(module: string, level: number, importer: string): ModulePlace | null;
  /** True for a Python path of the repository. */
  hasFile(path: string): boolean;
  /** A module below a package's folder. */
  resolveSubmodule(base: string, name: string): ModulePlace | null;
}

/**
 * Builds the graph from the paths of the repository and of the library facts.
 *
 * A module is looked for in the folder that holds the importer's own top-level package, in `roots` (homes of packages
 * by the project's settings), in the repository's root and in `src`; then among the library facts; last, anywhere in the repository if exactly one place
 * ends in the module's path or one is nearer to the importer than all others. A name of the standard library
 * that also exists in the repository is not certain and therefore unknown.
 */
export function createModuleGraph(
  paths: readonly string[],
  factsPaths: readonly string[],
  roots: readonly string[] = [],
): ModuleGraph {
  const files = new Set(paths);
  const folders = new Set<string>();
  const byLastName = new Map<string, string[]>();
  for (const path of paths) {
    addFolders(folders, path);
    const key = moduleBase(path).split("/").at(-1) ?? "";
    const known = byLastName.get(key);
    if (known === undefined) byLastName.set(key, [path]);
    else known.push(path);
  }
  const facts = new Set(factsPaths);
  const factsFolders = new Set<string>();
  for (const path of factsPaths) addFolders(factsFolders, path);

  function at(base: string): ModulePlace | null {
    if (base.startsWith(FACTS_PREFIX)) return inFacts(base.slice(FACTS_PREFIX.length));
    for (const file of [`${base}/__init__.py`, `${base}.py`, `${base}/__init__.pyi`, `${base}.pyi`]) {
      if (files.has(file)) return { file, base };
    }
    return folders.has(base) ? { file: null, base } : null;
  }

  function inFacts(base: string): ModulePlace | null {
    for (const file of [`${base}/__init__.pyi`, `${base}.pyi`]) {
      if (facts.has(file)) return { file: FACTS_PREFIX + file, base: FACTS_PREFIX + base };
    }
    return factsFolders.has(base) ? { file: null, base: FACTS_PREFIX + base } : null;
  }

  function strong(relative: string, importer: string): ModulePlace | null {
    const root = packageRoot(importer);
    for (const folder of new Set([root, ...roots, "", "src"])) {
      const place = at(folder === "" ? relative : `${folder}/${relative}`);
      if (place !== null && place.file !== null) return place;
    }
    for (const folder of new Set([root, ...roots, "", "src"])) {
      const place = at(folder === "" ? relative : `${folder}/${relative}`);
      if (place !== null) return place;
    }
    return null;
  }

  function packageRoot(importer: string): string {
    let folder = parentFolder(importer);
    while (folder !== "" && (files.has(`${folder}/__init__.py`) || files.has(`${folder}/__init__.pyi`))) {
      folder = parentFolder(folder);
    }
    return folder;
  }

  /** The repository is (also) the home of this top-level package: a table of it describes another version. */
  function isOwnPackage(top: string): boolean {
    const homes = byLastName.get(top) ?? [];
    return homes.some((path) => {
      if (!/\/__init__\.pyi?$/.test(path)) return false;
      const root = parentFolder(moduleBase(path));
      const isPart = files.has(`${root}/__init__.py`) || files.has(`${root}/__init__.pyi`);
      return (
        !isPart && !/(^|\/)(tests?|examples?|docs?|_?vendor(ed)?|third_party|stubs|typings)(\/|$)/.test(root)
      );
    });
  }

  /** The one place anywhere in the repository that ends in the module's path, or the one nearest to the importer. */
  function weak(relative: string, importer: string): ModulePlace | null {
    const last = relative.split("/").at(-1) ?? "";
    const matches = (byLastName.get(last) ?? []).filter((path) =>
      `/${moduleBase(path)}`.endsWith(`/${relative}`),
    );
    if (!relative.includes("/") && !matches.some((path) => /\/__init__\.pyi?$/.test(path))) return null;
    let best: string | null = null;
    let bestLength = -1;
    let isTied = false;
    for (const path of matches) {
      // A stub and its module are one place; the module comes first in the order of paths.
      if (best !== null && moduleBase(best) === moduleBase(path)) continue;
      const length = sharedFolders(path, importer);
      if (length > bestLength) [best, bestLength, isTied] = [path, length, false];
      else if (length === bestLength) isTied = true;
    }
    return best === null || isTied ? null : { file: best, base: moduleBase(best) };
  }

  function resolve(module: string, importer: string): ModulePlace | null {
    const relative = module.replaceAll(".", "/");
    const top = module.split(".")[0] ?? "";
    if (importer.startsWith(FACTS_PREFIX)) return inFacts(relative);
    const found = strong(relative, importer);
    const nearest = found === null || found.file === null ? weak(relative, importer) : null;
    // `lib/lib/__init__.py`: the folder of the same name around a package is not the package.
    const inRepository = found?.file === null && nearest !== null ? nearest : found;
    const inLibrary = inFacts(relative);
    if (STANDARD_LIBRARY.has(top)) {
      const shadow = inRepository ?? strong(top, importer);
      return shadow === null ? inLibrary : null;
    }
    if (inRepository !== null) return inRepository;
    return isOwnPackage(top) ? (nearest ?? inLibrary) : (inLibrary ?? nearest);
  }

  // The answer depends on the folder of the importer only.
  const answers = new Map<string, ModulePlace | null>();

  return {
    resolve(module, importer) {
      const key = `${parentFolder(importer)}\0${module}`;
      let place = answers.get(key);
      if (place === undefined) {
        place = resolve(module, importer);
        answers.set(key, place);
      }
      return place;
    },
    resolveRelative(module, level, importer) {
      const prefix = importer.startsWith(FACTS_PREFIX) ? FACTS_PREFIX : "";
      let folder = parentFolder(importer.slice(prefix.length));
      for (let dots = level; dots > 1; dots--) folder = parentFolder(folder);
      const relative = module.replaceAll(".", "/");
      return at(prefix + [folder, relative].filter((part) => part !== "").join("/"));
    },
    hasFile: (path) => files.has(path),
    resolveSubmodule: (base, name) => at(`${base}/${name}`),
  };
}

function addFolders(folders: Set<string>, path: string): void {
  for (
    let folder = parentFolder(path);
    folder !== "" && !folders.has(folder);
    folder = parentFolder(folder)
  ) {
    folders.add(folder);
  }
}

function parentFolder(path: string): string {
  const at = path.lastIndexOf("/");
  return at === -1 ? "" : path.slice(0, at);
}

/** "app/repo.py" and "app/repo/__init__.py" are both the module at "app/repo". */
function moduleBase(path: string): string {
  return path.replace(/\.pyi?$/, "").replace(/\/__init__$/, "");
}

function sharedFolders(a: string, b: string): number {
  const left = a.split("/");
  const right = b.split("/");
  let count = 0;
  while (count < left.length - 1 && left[count] === right[count]) count += 1;
  return count;
}
