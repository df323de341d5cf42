import type { ClassCandidate, ProjectSource } from "../project/project.ts";
import { createRepositoryIndex, type RepositoryIndex } from "../project/repository-index.ts";
import type { ScanCache } from "../project/scan-cache.ts";
import { isNotebookPath } from "../python/notebook.ts";
import type { PythonParser } from "../python/parse.ts";
import type { SourceTree } from "./analyser.ts";
import { readSource } from "./read-unit.ts";

/**
 * What a scan of the whole tree says: classes that may override a method, files that mention names, async properties. The
 * scan is made when it is first needed. Null for a tree whose files are not all at hand.
 */
export function scanTreeOnDemand(
  tree: SourceTree,
  parser: PythonParser,
  cache: ScanCache,
): Required<Pick<ProjectSource, "overriders" | "filesMentioning">> {
  let made: RepositoryIndex | undefined;
  const index = (): RepositoryIndex => {
    made ??= indexOf(tree, parser, cache);
    return made;
  };
  const answers = new Map<string, readonly ClassCandidate[]>();
  return {
    overriders(className, member) {
      if (tree.isAtHand !== true) return null;
      const key = `${className}.${member}`;
      const known = answers.get(key) ?? findOverriders(index(), className, member);
      answers.set(key, known);
      return known;
    },
    filesMentioning(names) {
      if (tree.isAtHand !== true) return null;
      const [first = [], ...rest] = names.map((name) => index().filesMentioning(name));
      const others = rest.map((paths) => new Set(paths));
      return first.filter((path) => others.every((paths) => paths.has(path)));
    },
  };
}

function indexOf(tree: SourceTree, parser: PythonParser, cache: ScanCache): RepositoryIndex {
  const index = createRepositoryIndex([], parser, cache);
  for (const path of tree.paths) {
    const file = tree.read(path);
    if (file === undefined) continue;
    if (isNotebookPath(path)) {
      const read = readSource(parser, file.bytes, true);
      if (read.ok) index.add(path, null, new TextEncoder().encode(read.text));
    }
    // An id that is the path says nothing about the content.
    else index.add(path, file.id === path ? null : file.id, file.bytes);
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
