import { cpSync, lstatSync, mkdirSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";

const LEFT_OUT = /(^|\/)(\.[^/]*|node_modules|build|dist|site-packages|__pycache__)\//;
/** Larger files are skipped by everyone but the peers. */
const MAX_BYTES = 1_000_000;

/**
 * Copies Python files of checkouts side by side into a folder, as a monorepo, until there are `count`: checkout by
 * checkout, each as a whole while it fits, and all of them once more under another name where they do not suffice.
 */
export function assembleTree(sources: readonly string[], folder: string, count: number): void {
  const lists = sources.map((source) => pythonFiles(source));
  if (lists.every((files) => files.length === 0)) throw new Error("there are no Python files in the sources");
  let left = count;
  for (let round = 1; left > 0; round++) {
    for (const [index, source] of sources.entries()) {
      const name = basename(source).replaceAll(".", "_") + (round === 1 ? "" : `_${round}`);
      for (const path of (lists[index] ?? []).slice(0, left)) {
        const target = join(folder, name, path);
        mkdirSync(dirname(target), { recursive: true });
        cpSync(join(source, path), target);
        left -= 1;
      }
    }
  }
}

/** Bytes of the Python files below a folder. */
export function bytesOf(folder: string): number {
  return pythonFiles(folder).reduce((sum, path) => sum + lstatSync(join(folder, path)).size, 0);
}

function pythonFiles(source: string): string[] {
  return readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".py") && !LEFT_OUT.test(path))
    .filter((path) => {
      const stats = lstatSync(join(source, path));
      return stats.isFile() && stats.size <= MAX_BYTES;
    })
    .sort();
}
