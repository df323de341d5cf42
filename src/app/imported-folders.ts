/** `import a.b` and `from ..a import b`, wherever they stand; what is in a string as well, which does no harm. */
const IMPORT =
  /^[ \t]*(?:import[ \t]+([\w.]+(?:[ \t]*,[ \t]*[\w.]+)*)|from[ \t]+(\.{1,20}[\w.]*|\w[\w.]*)[ \t]+import\b)/gm;
/** Folders one file may lead to; a file with more imports than this is not followed further. */
const MAX_FOLDERS = 600;

/**
 * Folders that the modules may be in which a file imports: beside its own package (`root`), at the repository's
 * root and in `src`, as module resolution looks for them. A guess by pattern that is only used to choose what to
 * list.
 */
export function importedFolders(path: string, root: string, bytes: Uint8Array): string[] {
  const text = new TextDecoder().decode(bytes);
  const folders = new Set<string>();
  for (const [, names, from = ""] of text.matchAll(IMPORT)) {
    if (folders.size >= MAX_FOLDERS) break;
    for (const module of names === undefined ? [from] : names.split(",")) {
      const dots = /^\.*/.exec(module)?.[0].length ?? 0;
      const [first] = module.slice(dots).trim().split(".");
      if (dots > 0) folders.add(join(parentsOf(path, dots), first));
      else for (const base of new Set([root, "", "src"])) folders.add(join(base, first));
    }
  }
  folders.delete("");
  return [...folders];
}

/** The folder that so many dots in front of an import mean. */
function parentsOf(path: string, dots: number): string {
  const parts = path.split("/");
  return parts.slice(0, Math.max(0, parts.length - dots)).join("/");
}

function join(folder: string, name: string | undefined): string {
  return [folder, name ?? ""].filter((part) => part !== "").join("/");
}
