import type { ListedFile, TreeListing } from "../github/read-tree.ts";
import { importedFolders, importedPaths } from "./imports.ts";

/** Lists a commit or a tree; null when the review may not ask for more. */
export type ListTree = (sha: string, isRecursive: boolean) => Promise<TreeListing | null>;

/** The Python files of a commit as far as they are known. */
export interface KnownTree {
  readonly files: ReadonlyMap<string, ListedFile>;
  /** GitHub could not list the repository whole: only what `reach` led to is known. */
  readonly isPartial: boolean;
  /** Python paths for the analysis. A folder that was not listed is there, its modules are not known. */
  paths(): string[];
  /** Files of the tree that a file imports directly, as far as a pattern finds them. */
  importsOf(path: string, bytes: Uint8Array): string[];
  /** Lists what these files may import from, as far as it is not listed yet. */
  reach(sources: ReadonlyMap<string, Uint8Array>): Promise<void>;
}

/** No module has this name; it only says that the folder exists, so that no library is taken for it. */
const UNLISTED_FILE = ".unlisted.py";

/**
 * The tree of a commit: listed whole in one request, or, where GitHub cuts that listing, the folders on the way to
 * the given files and the packages these are in; `reach` then follows imports.
 */
export async function readKnownTree(
  list: ListTree,
  commit: string,
  around: readonly string[],
): Promise<KnownTree> {
  const whole = await list(commit, true);
  if (whole !== null && !whole.isTruncated) {
    const { files } = whole;
    const paths = [...files.keys()];
    return {
      files,
      isPartial: false,
      paths: () => paths,
      importsOf: (path, bytes) => importsAmong(files, path, bytes),
      reach: async () => {},
    };
  }
  return readPartialTree(list, commit, around);
}

async function readPartialTree(
  list: ListTree,
  commit: string,
  around: readonly string[],
): Promise<KnownTree> {
  const files = new Map<string, ListedFile>();
  /** Every folder that was seen, with the SHA of its tree. */
  const trees = new Map<string, string>([["", commit]]);
  /** Folders of which the entries are known; of those in `whole` also everything below. */
  const listed = new Set<string>();
  const whole = new Set<string>();

  const isWhole = (folder: string): boolean => foldersTo(folder).some((one) => whole.has(one));

  function add(folder: string, { files: found, folders }: TreeListing): void {
    const prefix = folder === "" ? "" : `${folder}/`;
    for (const [path, file] of found) files.set(prefix + path, file);
    for (const [path, sha] of folders) trees.set(prefix + path, sha);
  }

  async function listEntries(folder: string): Promise<void> {
    const sha = trees.get(folder);
    if (sha === undefined || listed.has(folder) || isWhole(folder)) return;
    const listing = await list(sha, false);
    if (listing === null) return;
    listed.add(folder);
    add(folder, listing);
  }

  async function listWhole(folder: string): Promise<void> {
    const sha = trees.get(folder);
    // The root is here because it could not be listed whole.
    if (sha === undefined || folder === "" || isWhole(folder)) return;
    const listing = await list(sha, true);
    if (listing === null) return;
    if (listing.isTruncated) return listEntries(folder);
    whole.add(folder);
    add(folder, listing);
  }

  /** Lists the folders on the way, and the first one that is a package with everything in it. */
  async function listWayTo(folder: string): Promise<void> {
    for (const one of foldersTo(folder)) {
      await listEntries(one);
      if (isPackage(files, one)) await listWhole(one);
    }
  }

  for (const path of around) await listWayTo(parentFolder(path));

  return {
    files,
    isPartial: true,
    paths() {
      const unlisted = [...trees.keys()].filter((folder) => !listed.has(folder) && !isWhole(folder));
      return [...files.keys(), ...unlisted.map((folder) => `${folder}/${UNLISTED_FILE}`)];
    },
    importsOf: (path, bytes) => importsAmong(files, path, bytes),
    async reach(sources) {
      for (const [path, bytes] of sources) {
        for (const folder of importedFolders(path, packageRoot(files, path), bytes)) {
          await listWayTo(parentFolder(folder));
          await listWhole(folder);
        }
      }
    },
  };
}

function importsAmong(files: KnownTree["files"], path: string, bytes: Uint8Array): string[] {
  return importedPaths(path, packageRoot(files, path), bytes).filter((one) => files.has(one));
}

function isPackage(files: KnownTree["files"], folder: string): boolean {
  return files.has(`${folder}/__init__.py`) || files.has(`${folder}/__init__.pyi`);
}

/** The folder that holds the top-level package of a file. */
function packageRoot(files: KnownTree["files"], path: string): string {
  let folder = parentFolder(path);
  while (folder !== "" && isPackage(files, folder)) folder = parentFolder(folder);
  return folder;
}

/** "a/b/c" → "", "a", "a/b", "a/b/c". */
function foldersTo(folder: string): string[] {
  const parts = folder === "" ? [] : folder.split("/");
  return ["", ...parts.map((_, index) => parts.slice(0, index + 1).join("/"))];
}

function parentFolder(path: string): string {
  const at = path.lastIndexOf("/");
  return at === -1 ? "" : path.slice(0, at);
}
