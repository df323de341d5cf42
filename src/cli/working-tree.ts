import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Manifest, SourceFile, SourceTree } from "../analysis/analyser.ts";
import { createBoundedMap } from "../analysis/bounded-map.ts";
import { CONFIGURATION_FILES } from "../configuration/read-project-settings.ts";
import { git, isWorkTree, splitZero } from "./git.ts";

const SKIPPED_FOLDERS = new Set([
  "node_modules",
  "__pycache__",
  "site-packages",
  "build",
  "dist",
  ".git",
  ".tox",
  ".nox",
]);

/**
 * The Python files below a folder. In a git work tree these are the tracked and the new ones that are not
 * ignored; elsewhere everything but virtual environments and build folders. Links are not followed.
 */
export function openWorkingTree(root: string, explicitPaths: readonly string[]): SourceTree {
  const listed = isWorkTree(root) ? listWithGit(root) : walk(root, "");
  return openListedTree(root, [...new Set([...listed, ...explicitPaths])].sort());
}

/** Bytes of files that are kept; others are read again when they are wanted again. */
const KEPT_BYTES = 32_000_000;

/** The files at known paths below a folder. */
export function openListedTree(root: string, paths: readonly string[]): SourceTree {
  const files = createBoundedMap<SourceFile>(KEPT_BYTES);
  return {
    paths,
    isAtHand: true,
    manifests: () => readManifests(root),
    read(path) {
      const known = files.get(path);
      if (known !== undefined) return known;
      const file = readSource(root, path);
      if (file !== undefined) files.set(path, file, file.bytes.length);
      return file;
    },
  };
}

// Lock files say more than ranges, so they come first. The `.ini` and `.cfg` files are about tests.
const MANIFESTS =
  /^(uv\.lock|poetry\.lock|pdm\.lock|Pipfile\.lock|pylock\.toml|requirements.*\.txt|pyproject\.toml|\.?pytest\.ini|tox\.ini|setup\.cfg)$/;

function readManifests(root: string): Manifest[] {
  const [settings] = CONFIGURATION_FILES;
  const names = [settings, ...readdirSync(root).filter((name) => MANIFESTS.test(name))];
  const locksFirst = names.sort((a, b) => Number(b.includes("lock")) - Number(a.includes("lock")));
  return locksFirst.flatMap((path) => {
    const file = readSource(root, path);
    return file === undefined ? [] : [{ path, text: Buffer.from(file.bytes).toString("utf8") }];
  });
}

function listWithGit(root: string): string[] {
  const patterns = ["--", "*.py", "*.pyi", "*.ipynb"];
  const tracked = splitZero(git(root, "ls-files", "-z", "-c", ...patterns));
  const untracked = splitZero(git(root, "ls-files", "-z", "-o", "--exclude-standard", ...patterns));
  return [...tracked, ...untracked.filter((path) => !isInSkippedFolder(root, path))];
}

/** An environment or a build folder that nobody told git to ignore. */
function isInSkippedFolder(root: string, path: string): boolean {
  const folders = path.split("/").slice(0, -1);
  return folders.some((name, index) => {
    return SKIPPED_FOLDERS.has(name) || existsSync(join(root, ...folders.slice(0, index + 1), "pyvenv.cfg"));
  });
}

function walk(root: string, folder: string): string[] {
  const found: string[] = [];
  const here = join(root, folder);
  if (folder !== "" && existsSync(join(here, "pyvenv.cfg"))) return found;
  for (const entry of readdirSync(here, { withFileTypes: true })) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!SKIPPED_FOLDERS.has(entry.name)) found.push(...walk(root, path));
    } else if (entry.isFile() && /\.(pyi?|ipynb)$/.test(entry.name)) found.push(path);
  }
  return found;
}

function readSource(root: string, path: string): SourceFile | undefined {
  const file = join(root, path);
  try {
    if (!lstatSync(file).isFile()) return undefined;
    return { id: path, bytes: readFileSync(file) };
  } catch {
    return undefined;
  }
}
