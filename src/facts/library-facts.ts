import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { BlockingRow } from "../project/blocking-table.ts";
import type { DecoratorEffect, DecoratorTable } from "../project/project.ts";
import { splitBundle } from "./bundle.ts";
import type { KindChange } from "./changed-names.ts";

/** The bundled library facts as files: stub text by module path, and what decorators do. */
export interface LibraryFacts {
  /** Paths of the stubs, "asyncio/tasks.pyi". */
  readonly paths: readonly string[];
  /** The text of a stub; the bundle of its package is read when the first of its modules is. */
  read(path: string): Uint8Array;
  readonly decorators: DecoratorTable;
  /** Packages whose tables were checked for the protocols of every class. */
  readonly completePackages: ReadonlySet<string>;
  /** The fixtures of pytest and its plugins by name; read when they are first asked for. */
  fixtures(): Readonly<Record<string, PluginFixture>>;
  /** Calls that block; read when they are first asked for. */
  blockingCalls(): readonly BlockingRow[];
  /** Names whose kind changed between versions, by package; read when they are first asked for. */
  changes(): Readonly<Record<string, readonly KindChange[]>>;
}

/** A fixture that a pytest plugin provides. */
interface PluginFixture {
  /** The distribution that provides it ("pytest-aiohttp"). */
  readonly plugin: string;
  /** The module that defines it. */
  readonly module: string;
  /** What the parameter is, as an annotation with full names. */
  readonly type: string;
  /** Projects often define a fixture of that name themselves: count it only where the plugin is known to be used. */
  readonly isCommonName?: boolean;
}

/** Lists the facts that are shipped beside this file; none of them is read yet. */
export function openLibraryFacts(): LibraryFacts {
  const folder = fileURLToPath(new URL(".", import.meta.url));
  const readJson = (name: string): unknown => JSON.parse(readFileSync(`${folder}/${name}`, "utf8"));
  const index = readJson("tables/index.json") as Readonly<Record<string, readonly string[]>>;
  const decorators = readJson("decorators.json") as Readonly<Record<string, DecoratorEffect>>;
  let blockingRows: readonly BlockingRow[] | undefined;
  const bundles = new Map<string, ReadonlyMap<string, string>>();
  return {
    paths: Object.values(index).flat(),
    read(path) {
      const top = topOf(path);
      let bundle = bundles.get(top);
      if (bundle === undefined) {
        const text = readFileSync(`${folder}/tables/${top}.pyi.txt`, "utf8");
        bundle = new Map(splitBundle(text).map((module) => [module.path, module.text]));
        bundles.set(top, bundle);
      }
      const text = bundle.get(path);
      if (text === undefined) throw new Error(`the library facts have no ${path}`);
      return Buffer.from(text);
    },
    decorators: new Map(Object.entries(decorators)),
    completePackages: new Set(readJson("complete.json") as readonly string[]),
    fixtures: () => readJson("fixtures.json") as Readonly<Record<string, PluginFixture>>,
    blockingCalls() {
      blockingRows ??= readJson("blocking-calls.json") as readonly BlockingRow[];
      return blockingRows;
    },
    changes: () => readJson("changes.json") as Readonly<Record<string, readonly KindChange[]>>,
  };
}

/** "asyncio" for "asyncio/tasks.pyi", "abc" for "abc.pyi". */
function topOf(path: string): string {
  const slash = path.indexOf("/");
  return slash === -1 ? path.slice(0, -".pyi".length) : path.slice(0, slash);
}
