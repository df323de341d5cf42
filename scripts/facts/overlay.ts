import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { splitBundle } from "../../src/facts/bundle.ts";
import type { PythonParser } from "../../src/python/parse.ts";
import { toBundles } from "./bundles.ts";
import { importTypingNames } from "./liveness.ts";
import { mergeOverlay } from "./merge-overlay.ts";
import { readModule } from "./read-module.ts";
import type { Stub } from "./stub.ts";

/** The folder of the facts. */
export const FACTS = fileURLToPath(new URL("../../src/facts/", import.meta.url));

/** Parsed stubs of a bundle's text, or of the overlay: taken as they stand. */
export function readText(parser: PythonParser, text: string): Stub[] {
  return splitBundle(text).map(({ path, text: code }) => {
    const module = path.replace(/(\/__init__)?\.pyi$/, "").replaceAll("/", ".");
    return readModule(
      parser.parse(code).root,
      { text: code, hasBodies: false },
      module,
      path.endsWith("__init__.pyi"),
    );
  });
}

/** The hand-written modules, by top-level package. */
export function readOverlay(parser: PythonParser): Map<string, Stub[]> {
  const folder = join(FACTS, "overlay");
  const overlay = new Map<string, Stub[]>();
  for (const name of existsSync(folder) ? readdirSync(folder).sort() : []) {
    if (!name.endsWith(".pyi.txt")) continue;
    overlay.set(
      name.slice(0, -".pyi.txt".length),
      readText(parser, readFileSync(join(folder, name), "utf8")),
    );
  }
  return overlay;
}

/** The final text of a package: its table with the overlay laid over it. */
export function finishBundles(
  stubs: readonly Stub[],
  overlay: ReadonlyMap<string, readonly Stub[]>,
): Map<string, string> {
  const tops = new Set(stubs.map(({ module }) => module.split(".")[0] ?? ""));
  const over = [...overlay].filter(([top]) => tops.has(top)).flatMap(([, modules]) => modules);
  const merged = mergeOverlay(stubs, over);
  for (const stub of merged) importTypingNames(stub);
  return toBundles(merged);
}
