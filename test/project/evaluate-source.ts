import { librarySource } from "../../src/analysis/library-source.ts";
import { readUnit } from "../../src/analysis/read-unit.ts";
import { openLibraryFacts } from "../../src/facts/library-facts.ts";
import { type Capabilities, capabilitiesOf } from "../../src/project/capabilities.ts";
import { createProject } from "../../src/project/create-project.ts";
import { type Project, type SourceUnit, unitOf } from "../../src/project/project.ts";
import type { Value } from "../../src/project/values.ts";
import { createPythonParser } from "../../src/python/parse.ts";

const parser = await createPythonParser(() => performance.now());
const library = openLibraryFacts();
const libraryUnits = new Map<string, SourceUnit | null>();

function load(path: string, bytes: Uint8Array): SourceUnit | null {
  const read = readUnit(parser, path, bytes);
  return read.ok ? read.unit : null;
}

/** A project over files given as text; those that are not Python pin versions. */
export function projectOf(files: Readonly<Record<string, string>>): Project {
  const manifests = Object.entries(files).map(([path, text]) => ({ path, text }));
  return createProject({
    paths: Object.keys(files).filter((path) => /\.pyi?$/.test(path)),
    ...librarySource(library, { paths: [], read: () => undefined, manifests: () => manifests }),
    load: (path) => load(path, Buffer.from(files[path] ?? "")),
    loadFacts(path) {
      const known = libraryUnits.get(path);
      if (known !== undefined) return known;
      const unit = load(path, library.read(path));
      libraryUnits.set(path, unit);
      return unit;
    },
  });
}

/** What the call in the last statement of a file evaluates to. */
export function lastCall(
  files: Readonly<Record<string, string>>,
  path: string,
): { value: Value; capabilities: Capabilities } {
  const project = projectOf(files);
  for (const one of Object.keys(files)) if (/\.pyi?$/.test(one)) unitOf(project, one);
  const use = unitOf(project, path)
    ?.facts.uses.filter(({ consumption }) => consumption.way === "discard")
    .at(-1);
  if (use === undefined) throw new Error("the file does not end in a call");
  const value = project.evaluate(use.expression, {
    file: path,
    scope: use.scope,
    block: use.block,
    at: use.start,
  });
  return { value, capabilities: capabilitiesOf(project, value) };
}
