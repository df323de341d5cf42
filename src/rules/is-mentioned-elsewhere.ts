import { isLibrary } from "../project/project.ts";
import type { FileView } from "./rule.ts";

/** True when another loaded file of the repository contains the name: a change of the definition might break it. */
export function isMentionedElsewhere(file: FileView, name: string): boolean {
  const word = new RegExp(`\\b${name}\\b`);
  for (const [path, unit] of file.project.units) {
    if (path !== file.path && unit !== null && !isLibrary(path) && word.test(unit.text)) return true;
  }
  return false;
}
