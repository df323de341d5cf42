/**
 * `import a.b` and `from ..a import b`, wherever they stand; what is in a string as well, which does no harm
 * (and finds those of a notebook's lines, each a string of its own).
 * Every repetition is bounded or cannot match what follows it, so hostile text costs no more than its length.
 */
const IMPORT =
  /^[ \t]*(?:"[ \t]*)?(?:import[ \t]+([\w.]+(?:[ \t]*,[ \t]*[\w.]+)*)|from[ \t]+(\.{1,20}[\w.]*|\w[\w.]*)[ \t]+import[ \t]*(?:\(([^()]{0,4000})\)|([\w ,\t]{0,1000})))/gm;
/** Imports of one file that are looked at, and names of one import. */
const MAX_IMPORTS = 300;
const MAX_NAMES = 50;

/** One imported module by the pattern of its statement; a guess, only used to choose what to fetch. */
interface Import {
  /** Dots in front. */
  readonly dots: number;
  readonly module: readonly string[];
  /** What is imported from it: attributes or submodules. */
  readonly names: readonly string[];
}

function importsIn(bytes: Uint8Array): Import[] {
  const imports: Import[] = [];
  for (const [, modules, from = "", inBrackets, inLine] of new TextDecoder().decode(bytes).matchAll(IMPORT)) {
    if (imports.length >= MAX_IMPORTS) break;
    const names = (inBrackets ?? inLine ?? "").replace(/#.*/g, "").split(",", MAX_NAMES);
    if (modules === undefined) imports.push(toImport(from, names));
    else for (const module of modules.split(",", MAX_NAMES)) imports.push(toImport(module, []));
  }
  return imports;
}

function toImport(text: string, names: readonly string[]): Import {
  const trimmed = text.trim();
  const dots = /^\.*/.exec(trimmed)?.[0].length ?? 0;
  return {
    dots,
    module: trimmed
      .slice(dots)
      .split(".")
      .filter((part) => part !== ""),
    names: names.map((name) => /^\s*(\w+)/.exec(name)?.[1] ?? "").filter((name) => name !== ""),
  };
}

/**
 * Folders in which the modules may be that a file imports: beside its own package (`root`), at the repository's
 * root and in `src`, as module resolution looks for them.
 */
export function importedFolders(path: string, root: string, bytes: Uint8Array): string[] {
  const folders = new Set<string>();
  for (const { dots, module } of importsIn(bytes))
    for (const base of basesOf(path, root, dots)) folders.add(join(base, module.slice(0, 1)));
  folders.delete("");
  return [...folders];
}

/** Paths at which the modules may be that a file imports directly; most of them do not exist. */
export function importedPaths(path: string, root: string, bytes: Uint8Array): string[] {
  const paths = new Set<string>();
  for (const { dots, module, names } of importsIn(bytes)) {
    for (const base of basesOf(path, root, dots)) {
      const place = join(base, module);
      for (const one of [place, ...names.map((name) => join(place, [name]))])
        if (one !== "") paths.add(`${one}.py`).add(`${one}/__init__.py`);
    }
  }
  return [...paths];
}

/** Where the module of an import with so many dots is looked for. */
function basesOf(path: string, root: string, dots: number): Iterable<string> {
  if (dots === 0) return new Set([root, "", "src"]);
  const parts = path.split("/");
  return [parts.slice(0, Math.max(0, parts.length - dots)).join("/")];
}

function join(folder: string, names: readonly string[]): string {
  return [folder, ...names].filter((part) => part !== "").join("/");
}
