import type { FileView } from "./rule.ts";

/** True for the cells of a notebook: its kernel runs an event loop around the code at module level. */
export function runsInNotebook({ path }: FileView): boolean {
  return path.endsWith(".ipynb");
}
