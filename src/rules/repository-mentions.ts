import { isLibrary } from "../project/project.ts";
import type { FileView } from "./rule.ts";

/**
 * True when a file of the repository contains the word: any file where all are at hand, otherwise one of those that
 * have been read. For names that change what the whole program does (`nest_asyncio`).
 */
export function repositoryMentions({ project, unit }: FileView, name: string): boolean {
  const word = new RegExp(`\\b${name}\\b`);
  if (word.test(unit.text)) return true;
  const files = project.source.filesMentioning?.([name]);
  if (files != null) return files.length > 0;
  return [...project.units].some(
    ([path, other]) => other !== null && !isLibrary(path) && word.test(other.text),
  );
}
