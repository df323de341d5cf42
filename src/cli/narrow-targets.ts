import { generatedPaths } from "../configuration/generated-paths.ts";
import type { Settings } from "../configuration/settings.ts";
import { readAttributesFiles } from "./read-attributes-files.ts";
import type { Targets } from "./targets.ts";

/**
 * Leaves out the files that the settings exclude and those that `.gitattributes` marks as generated or vendored. What
 * the command line names itself stays; names are resolved in all files anyway.
 */
export function narrowTargets(targets: Targets, settings: Settings): Targets {
  const { files, prefix } = readAttributesFiles(targets.root, targets.tree.paths);
  const isGenerated = generatedPaths(files);
  const explicit = new Set(targets.explicit);
  const isLeft = (path: string): boolean =>
    explicit.has(path) || (settings.isIncluded(path) && !isGenerated(prefix + path));
  return {
    ...targets,
    paths: targets.paths.filter(isLeft),
    isWanted: (path) => targets.isWanted(path) && isLeft(path),
  };
}
