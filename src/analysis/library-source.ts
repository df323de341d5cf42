import { changedNames } from "../facts/changed-names.ts";
import type { LibraryFacts } from "../facts/library-facts.ts";
import { mergePins, type Pins, readPins } from "../facts/pinned-versions.ts";
import type { ProjectSource } from "../project/project.ts";
import type { SourceTree } from "./analyser.ts";
import { packageRoots } from "./package-roots.ts";
import { readTestSettings } from "./test-settings.ts";

/** What a project needs to know of libraries and of its own packages, by what the manifests of the tree say. */
export function librarySource(
  library: LibraryFacts,
  tree: SourceTree,
): Pick<
  ProjectSource,
  | "factsPaths"
  | "decorators"
  | "completePackages"
  | "fixtureType"
  | "mayDiffer"
  | "packageRoots"
  | "testSettings"
  | "pythonVersion"
> {
  let differs: ReturnType<typeof changedNames> | undefined;
  let settings: ReturnType<typeof readTestSettings> | undefined;
  let pins: Pins | undefined;
  const pinned = (): Pins => {
    pins ??= mergePins((tree.manifests?.() ?? []).map(({ path, text }) => readPins(path, text)));
    return pins;
  };
  return {
    packageRoots: packageRoots(tree.manifests?.() ?? []),
    factsPaths: library.paths,
    decorators: library.decorators,
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
      differs ??= changedNames(pinned(), library.changes());
      const doubt = differs(name);
      // A name that older versions do not have at all is not used with them.
      return doubt !== null && doubt.change.before !== "absent";
    },
    pythonVersion: () => pinned().get("python")?.from ?? null,
  };
}
