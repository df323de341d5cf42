import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AttributesFile } from "../configuration/generated-paths.ts";
import { git, isWorkTree } from "./git.ts";

const NAME = ".gitattributes";

/** The `.gitattributes` files that may speak of paths, and what stands in front of these in the repository. */
export interface AttributesFiles {
  readonly files: readonly AttributesFile[];
  /** "" or the way from the repository's root to the project's, with a slash at the end. */
  readonly prefix: string;
}

/** Reads the files in the folders of paths below a root, and above it as far as its git repository reaches. */
export function readAttributesFiles(root: string, paths: readonly string[]): AttributesFiles {
  const prefix = isWorkTree(root) ? git(root, "rev-parse", "--show-prefix").toString("utf8").trim() : "";
  const above = prefix.split("/").slice(0, -1);
  const outer = above.map((_, index): AttributesFile[] =>
    read(join(root, ...above.slice(index).map(() => "..")), above.slice(0, index).join("/")),
  );
  const folders = new Set([""]);
  for (const path of paths)
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const folder = path.slice(0, end);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  const inner = [...folders].map((folder) =>
    read(join(root, folder), `${prefix}${folder}`.replace(/\/$/, "")),
  );
  return { files: [...outer, ...inner].flat(), prefix };
}

function read(folder: string, name: string): AttributesFile[] {
  const file = join(folder, NAME);
  try {
    // Git does not follow links to attributes either.
    if (!lstatSync(file).isFile()) return [];
    return [{ path: name === "" ? NAME : `${name}/${NAME}`, text: readFileSync(file, "utf8") }];
  } catch {
    return [];
  }
}
