import { isNotebookPath } from "../python/notebook.ts";
import type { SourceTree } from "./analyser.ts";

/** The paths at which modules may be: nobody imports a notebook, and a folder of notebooks is no package. */
export function modulePaths({ paths }: SourceTree): string[] {
  return paths.filter((path) => !isNotebookPath(path));
}
