import { changedNames } from "../facts/changed-names.ts";
import type { LibraryFacts } from "../facts/library-facts.ts";
import { mergePins, normaliseName, type Pins, readPins } from "../facts/pinned-versions.ts";
import { compareVersions, parseVersion } from "../facts/version-range.ts";
import { type BlockingAdjustment, blockingTable } from "../project/blocking-table.ts";
import type { ProjectSource } from "../project/project.ts";
import type { SourceTree } from "./analyser.ts";
import { packageRoots } from "./package-roots.ts";
import { readTestSettings } from "./test-settings.ts";

/** What a project needs to know of libraries and of its own packages, by what the manifests of the tree say. */
export function librarySource(
  library: LibraryFacts,
  tree: SourceTree,
  blockingCalls?: BlockingAdjustment,
): Pick<
  ProjectSource,
  | "factsPaths"
  | "decorators"
  | "blockingCalls"
  | "completePackages"
  | "fixtureType"
  | "mayDiffer"
  | "isAtLeast"
  | "packageRoots"
  | "testSettings"
  | "pythonVersion"
> {
  let known: Pins | undefined;
  const pins = (): Pins => {
    known ??= mergePins((tree.manifests?.() ?? []).map(({ path, text }) => readPins(path, text)));
    return known;
  };
  let differs: ReturnType<typeof changedNames> | undefined;
  let settings: ReturnType<typeof readTestSettings> | undefined;
  return {
    packageRoots: packageRoots(tree.manifests?.() ?? []),
    factsPaths: library.paths,
    decorators: library.decorators,
    blockingCalls: blockingTable(library.blockingCalls(), blockingCalls),
    completePackages: library.completePackages,
    testSettings() {
      if (tree.manifests === undefined) return null;
      settings ??= readTestSettings(tree.manifests());
      return settings;
    },
    fixtureType(name) {
      const fixture = Object.hasOwn(library.fixtures(), name) ? library.fixtures()[name] : undefined;
      return fixture === undefined || fixture.isCommonName === true ? null : fixture.type;
    },
    mayDiffer(name) {
      differs ??= changedNames(pins(), library.changes());
      const doubt = differs(name);
      // A name that older versions do not have at all is not used with them.
      return doubt !== null && doubt.change.before !== "absent";
    },
    pythonVersion: () => pins().get("python")?.from ?? null,
    isAtLeast(distribution, version) {
      const from = pins().get(normaliseName(distribution))?.from;
      const least = parseVersion(version);
      return from !== undefined && least !== null && compareVersions(from, least) >= 0;
    },
  };
}
