import type { ClassCandidate } from "../project/project.ts";
import { createRepositoryIndex, type RepositoryIndex } from "../project/repository-index.ts";
import type { ScanCache } from "../project/scan-cache.ts";
import type { PythonParser } from "../python/parse.ts";
import type { SourceTree } from "./analyser.ts";

/**
 * Finds classes that may override a method, by a scan of the whole tree that is made when it is first needed.
 * Null for a tree whose files are not all at hand.
 */
export function createOverriders(
  tree: SourceTree,
  parser: PythonParser,
  cache: ScanCache,
): (className: string, member: string) => readonly ClassCandidate[] | null {
  let index: RepositoryIndex | undefined;
  const answers = new Map<string, readonly ClassCandidate[]>();
  return (className, member) => {
    if (tree.isAtHand !== true) return null;
    index ??= indexOf(tree, parser, cache);
    const key = `${className}.${member}`;
    const known = answers.get(key);
    if (known !== undefined) return known;
    const found = findOverriders(index, className, member);
    answers.set(key, found);
    return found;
  };
}

function indexOf(tree: SourceTree, parser: PythonParser, cache: ScanCache): RepositoryIndex {
  const index = createRepositoryIndex([], parser, cache);
  for (const path of tree.paths) {
    const file = tree.read(path);
    // An id that is the path says nothing about the content.
    if (file !== undefined) index.add(path, file.id === path ? null : file.id, file.bytes);
  }
  return index;
}

function findOverriders(index: RepositoryIndex, className: string, member: string): ClassCandidate[] {
  const found: ClassCandidate[] = [];
  const seen = new Set([className]);
  const pending = [className];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    for (const { path, index: at, methods } of index.subclassCandidates(name)) {
      const own = index.scanOf(path)?.definitions[at]?.name;
      if (own === undefined) continue;
      if (methods.includes(member)) found.push({ path, name: own });
      if (seen.has(own)) continue;
      seen.add(own);
      pending.push(own);
    }
  }
  return found;
}
