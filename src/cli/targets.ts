import { existsSync, statSync } from "node:fs";
import { isAbsolute, relative, resolve } from "node:path";
import type { SourceTree } from "../analysis/analyser.ts";
import { isCheckedPath } from "../analysis/is-checked-path.ts";
import { findRoot, relativeToRoot } from "./find-root.ts";
import { UsageError } from "./usage-error.ts";
import { openWorkingTree } from "./working-tree.ts";

/** The files and folders of a command line, within their project. */
export interface Targets {
  readonly root: string;
  /** The whole project; names are resolved in it. */
  readonly tree: SourceTree;
  /** The Python files that were named, or that lie in a named folder. */
  readonly paths: readonly string[];
  /** Those that were named themselves: they are checked whatever the settings say of them. */
  readonly explicit: readonly string[];
  /** True for paths of the project that were named, or that lie in a named folder. */
  isWanted(path: string): boolean;
  /** A path of the project as the reader is used to see it. */
  displayPath(path: string): string;
}

/** Finds the project around paths (the current folder if there are none). @throws UsageError for what does not exist. */
export function openTargets(positionals: readonly string[], root: string | undefined, cwd: string): Targets {
  const named = (positionals.length === 0 ? ["."] : positionals).map((path) => resolve(cwd, path));
  for (const target of named)
    if (!existsSync(target)) throw new UsageError(`there is no file or folder ${target}`);
  const folder = root === undefined ? findRoot(named[0] ?? cwd) : resolve(cwd, root);
  if (!existsSync(folder)) throw new UsageError(`there is no folder ${folder}`);
  const scopes = named.map((target) => relativeToRoot(folder, target));
  const explicit = scopes.filter((_, index) => statSync(named[index] ?? folder).isFile());
  const tree = openWorkingTree(folder, explicit);
  const isWanted = (path: string): boolean =>
    scopes.some((scope) => scope === "" || path === scope || path.startsWith(`${scope}/`));
  return {
    root: folder,
    tree,
    paths: tree.paths.filter((path) => isWanted(path) && (isCheckedPath(path) || explicit.includes(path))),
    explicit,
    isWanted,
    displayPath(path) {
      const shown = relative(cwd, resolve(folder, path));
      return shown.startsWith("..") || isAbsolute(shown) ? path : shown;
    },
  };
}
