import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { PythonParser } from "../../src/python/parse.ts";
import { adjust } from "./adjust.ts";
import { mapClasses } from "./classes.ts";
import { completeFrom } from "./complete.ts";
import { dropDead, importTypingNames } from "./liveness.ts";
import { mergeOverlay } from "./merge-overlay.ts";
import { mapCode, normalise } from "./normalise.ts";
import { keepReachable } from "./reach.ts";
import { readModule } from "./read-module.ts";
import { reduceStub } from "./reduce.ts";
import { vocabularyOf } from "./reduce-parameters.ts";
import { expandStars } from "./stars.ts";
import { absoluteModule, type Item, type Stub } from "./stub.ts";
import { dropOwnSubmodules, dropUnresolved } from "./unresolved.ts";

const SKIPPED =
  /(^|\/)(tests|_?vendor(ed)?|examples?|docs?|node_modules|__pycache__|\..*)(\/|$)|(^|\/)(test_(?!util|client|case)\w+|conftest|setup)\.py$/;

export interface PackageOptions {
  /** The input lacks special methods that the package has: what it does not say about them is not known. */
  readonly isOpen: boolean;
  /** Folder of the same package's sources, to complete reduced stubs from. */
  readonly sources: string | null;
  /** Hand-written definitions, which imports and annotations may refer to. */
  readonly overlay: readonly Stub[];
}

/**
 * The facts of the packages in a folder: of the folder itself when it is a package, else of every package and
 * module in it. Sources are reduced to what something asynchronous can be reached from.
 */
export function readPackages(parser: PythonParser, folder: string, options: PackageOptions): Stub[] {
  const isPackage = ["py", "pyi"].some((end) => existsSync(join(folder, `__init__.${end}`)));
  if (isPackage) return readPackage(parser, folder, basename(folder), options);
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry): Stub[] => {
    const name = entry.name.replace(/\.pyi?$/, "");
    if (!/^[A-Za-z_]\w*$/.test(name) || SKIPPED.test(entry.name)) return [];
    if (entry.isDirectory()) return readPackage(parser, join(folder, entry.name), name, options);
    return entry.name.includes(".")
      ? finish([readFile(parser, join(folder, entry.name), name, false)], options)
      : [];
  });
}

function readPackage(parser: PythonParser, folder: string, top: string, options: PackageOptions): Stub[] {
  const sources = options.sources === null ? [] : readModules(parser, options.sources, top, /\.py$/);
  for (const { stub } of sources) normalise(stub);
  expandStars(sources.map(({ stub }) => stub));
  return finish(
    readModules(parser, folder, top, /\.pyi?$/),
    options,
    sources.map(({ stub }) => stub),
  );
}

function readModules(parser: PythonParser, folder: string, top: string, kinds: RegExp): Read[] {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => kinds.test(path) && !SKIPPED.test(path))
    .filter((path, _, all) => path.endsWith(".pyi") || !all.includes(`${path}i`))
    .sort();
  return paths.flatMap((path): Read[] => {
    const module = `${top}/${path}`.replace(/(\/__init__)?\.pyi?$/, "").replaceAll("/", ".");
    return /^[\w.]+$/.test(module)
      ? [readFile(parser, join(folder, path), module, /(^|\/)__init__\.pyi?$/.test(path))]
      : [];
  });
}

interface Read {
  readonly stub: Stub;
  readonly isSource: boolean;
}

function readFile(parser: PythonParser, file: string, module: string, isPackage: boolean): Read {
  const isSource = file.endsWith(".py");
  const tree = parser.parse(readFileSync(file, "utf8"));
  const stub = readModule(tree.root, { text: tree.text, hasBodies: isSource }, module, isPackage);
  return { stub, isSource };
}

function finish(
  read: readonly Read[],
  { isOpen, overlay }: PackageOptions,
  sources: readonly Stub[] = [],
): Stub[] {
  const own = read.map(({ stub }) => stub);
  for (const { stub, isSource } of read) {
    if (isSource) stub.items = withoutValues(stub.items);
    normalise(stub);
    if (!isSource) completeProtocols(stub.items, isOpen);
  }
  completeFrom(own, sources);
  adjust(own);
  const tops = new Set(own.map(({ module }) => module.split(".")[0]));
  const stubs = mergeOverlay(
    own,
    overlay.filter(({ module }) => tops.has(module.split(".")[0])),
  );
  expandStars(stubs);
  if (read.some(({ isSource }) => isSource)) keepReachable(stubs);
  const vocabulary = vocabularyOf(stubs);
  for (const stub of stubs) reduceStub(stub, "reduced", vocabulary);
  dropUnresolved(stubs);
  dropDead(stubs, (stub, { module, name, bound, isAliased }) => {
    if (stub.isPackage || (isAliased && name === bound) || stub.items.length === 0) return true;
    if (stub.exports !== null) return stub.exports.has(bound);
    // Modules that people import from also pass on what they import from their own package ("aiohttp.web").
    const isPublic = !/(^|\.)_/.test(`${stub.module}.${bound}`);
    return isPublic && absoluteModule(stub, module).split(".")[0] === stub.module.split(".")[0];
  });
  dropUnresolved(stubs);
  dropOwnSubmodules(stubs);
  for (const stub of stubs) {
    const bound = new Set(stub.imports.map((one) => one.bound));
    mapCode(stub.items, (code) => code.replace(/\b_k_\w+/g, (name) => (bound.has(name) ? name : "Any")));
    importTypingNames(stub);
  }
  const used = new Set(
    stubs
      .filter(({ items, imports }) => items.length + imports.length > 0)
      .flatMap(({ module }) =>
        module.split(".").map((_, index, parts) => parts.slice(0, index + 1).join(".")),
      ),
  );
  return stubs.filter(({ module }) => used.has(module));
}

/** Reduced stubs keep `__enter__` for what it gives and lose `__exit__`, and some lose more than that. */
function completeProtocols(items: readonly Item[], isOpen: boolean): void {
  mapClasses(items, (item) => {
    const has = (name: string): boolean => item.body.some((one) => one.name === name);
    if (has("__enter__") && !has("__exit__")) {
      const parameters = [{ star: "" as const, name: "self", annotation: null, hasDefault: false }];
      const none = { isAsync: false, hasYield: false, decorators: [], typeParameters: "", returns: null };
      item.body.push({ kind: "function", name: "__exit__", parameters, ...none });
    }
    if (!isOpen || !(has("__aiter__") || has("__aenter__"))) return;
    const bases = item.bases.map((base) => /^[\w.]*/.exec(base)?.[0] ?? "");
    const isInherited = (name: string): boolean =>
      bases.some((base) => /(^|\.)(Coroutine|Awaitable)$/.test(base) && name === "__await__") ||
      items.some(
        (one) =>
          one.kind === "class" && bases.includes(one.name) && one.body.some((member) => member.name === name),
      );
    for (const name of ["__await__", "__iter__"])
      if (!has(name) && !isInherited(name))
        item.body.push({ kind: "value", name, annotation: "Any", value: null });
  });
}

/** Assignments of a source that no stub would have: results of calls, numbers, tables. */
function withoutValues(items: readonly Item[]): Item[] {
  return items.filter((item) => {
    if (item.kind === "class") item.body = withoutValues(item.body);
    if (item.kind !== "value" || item.value === null) return true;
    if (item.annotation !== null && !/TypeAlias$/.test(item.annotation)) item.value = null;
    const isCall = /^(\w+\.)*(TypeVar|ParamSpec|TypeVarTuple|_?[A-Z]\w*[a-z]\w*)\(/.test(item.value ?? "");
    const isAlias =
      /^[A-Za-z_][\w.]*(\[.*\])?$/.test(item.value ?? "") && !/^(None|True|False)$/.test(item.value ?? "");
    if (isCall && item.value !== null && !/^(\w+\.)*(TypeVar|ParamSpec)/.test(item.value))
      item.value = item.value.length > 60 ? item.value.replace(/\(.*$/s, "()") : item.value;
    return item.value === null || isCall || isAlias || item.value.includes(" | ");
  });
}
