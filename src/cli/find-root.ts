import { existsSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { UsageError } from "./usage-error.ts";

/** The nearest folder at or above a path that holds `pyproject.toml` or `.git`; the path's own folder if there is none. */
export function findRoot(path: string): string {
  const start = statSync(path).isDirectory() ? path : dirname(path);
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "pyproject.toml")) || existsSync(join(folder, ".git"))) return folder;
    if (dirname(folder) === folder) return start;
  }
}

/** An absolute path as one relative to the root, with forward slashes; "" for the root. @throws UsageError outside. */
export function relativeToRoot(root: string, path: string): string {
  const inside = relative(root, path);
  if (inside === ".." || inside.startsWith(`..${sep}`) || resolve(inside) === inside) {
    throw new UsageError(`${path} is outside the root ${root}`);
  }
  return inside.split(sep).join("/");
}
