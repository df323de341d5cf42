import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { PythonParser } from "../../src/python/parse.ts";
import { descendants } from "../../src/python/syntax-node.ts";
import { dropDead, importTypingNames } from "./liveness.ts";
import { normalise } from "./normalise.ts";
import { keepReachable } from "./reach.ts";
import { readModule } from "./read-module.ts";
import { reduceStub } from "./reduce.ts";
import { vocabularyOf } from "./reduce-parameters.ts";
import { absoluteModule, type Item, type Stub } from "./stub.ts";

const SKIPPED =
  /(^|\/)(tests?|testing|_?vendor(ed)?|examples?|docs?|node_modules|__pycache__|\..*)(\/|$)|(^|\/)(test_\w+|conftest|setup)\.pyi?$/;

/**
 * The facts of the packages in a folder: of the folder itself when it is a package, else of every package and
 * module in it. Sources are reduced to what something asynchronous can be reached from.
 */
export function readPackages(parser: PythonParser, folder: string): Stub[] {
  const isPackage = ["py", "pyi"].some((end) => existsSync(join(folder, `__init__.${end}`)));
  if (isPackage) return readPackage(parser, folder, basename(folder));
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry): Stub[] => {
    const name = entry.name.replace(/\.pyi?$/, "");
    if (!/^[A-Za-z_]\w*$/.test(name) || SKIPPED.test(entry.name)) return [];
    if (entry.isDirectory()) return readPackage(parser, join(folder, entry.name), name);
    return entry.name.includes(".") ? finish([readFile(parser, join(folder, entry.name), name, false)]) : [];
  });
}

function readPackage(parser: PythonParser, folder: string, top: string): Stub[] {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /\.pyi?$/.test(path) && !SKIPPED.test(path))
    .filter((path, _, all) => path.endsWith(".pyi") || !all.includes(`${path}i`))
    .sort();
  const stubs = paths.flatMap((path): Read[] => {
    const module = `${top}/${path}`.replace(/(\/__init__)?\.pyi?$/, "").replaceAll("/", ".");
    return /^[\w.]+$/.test(module)
      ? [readFile(parser, join(folder, path), module, /(^|\/)__init__\.pyi?$/.test(path))]
      : [];
  });
  return finish(stubs);
}

interface Read {
  readonly stub: Stub;
  readonly isSource: boolean;
}

function readFile(parser: PythonParser, file: string, module: string, isPackage: boolean): Read {
  const isSource = file.endsWith(".py");
  const tree = parser.parse(readFileSync(file, "utf8"));
  // Text is escaped in generated stubs only where a name needs it; broken files give what can be read.
  const root =
    tree.errors.length > 0 && ![...descendants(tree.root)].some(({ type }) => type === "module")
      ? null
      : tree.root;
  const stub: Stub =
    root === null
      ? { module, isPackage, exports: null, imports: [], items: [] }
      : readModule(root, { text: tree.text, hasBodies: isSource }, module, isPackage);
  return { stub, isSource };
}

function finish(read: readonly Read[]): Stub[] {
  const stubs = read.map(({ stub }) => stub);
  for (const { stub, isSource } of read) {
    if (isSource) stub.items = withoutValues(stub.items);
    normalise(stub);
  }
  if (read.some(({ isSource }) => isSource)) keepReachable(stubs);
  const vocabulary = vocabularyOf(stubs);
  for (const stub of stubs) reduceStub(stub, "reduced", vocabulary);
  dropUnresolved(stubs);
  dropDead(stubs, (stub, { name, bound, isAliased }) => {
    const isReExport = isAliased && name === bound;
    return stub.isPackage || isReExport || stub.items.length === 0 || (stub.exports?.has(bound) ?? false);
  });
  dropUnresolved(stubs);
  for (const stub of stubs) importTypingNames(stub);
  const used = new Set(
    stubs
      .filter(({ items, imports }) => items.length + imports.length > 0)
      .flatMap(({ module }) =>
        module.split(".").map((_, index, parts) => parts.slice(0, index + 1).join(".")),
      ),
  );
  return stubs.filter(({ module }) => used.has(module));
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

/** Imports from modules and of names of the same package that are left out say nothing. */
function dropUnresolved(stubs: readonly Stub[]): void {
  const byModule = new Map(stubs.map((stub) => [stub.module, stub]));
  const top = stubs[0]?.module.split(".")[0] ?? "";
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const stub of stubs) {
      const kept = stub.imports.filter((one) => {
        const module = absoluteModule(stub, one.module);
        if (module.split(".")[0] !== top) return true;
        const target = byModule.get(module);
        if (one.kind === "import") return target !== undefined;
        const hasContent = (other: Stub | undefined): boolean =>
          other !== undefined && (other.isPackage || other.items.length + other.imports.length > 0);
        if (one.name === "*") return target !== stub && hasContent(target);
        if (hasContent(byModule.get(`${module}.${one.name}`))) return true;
        return target !== undefined && target !== stub && mayDefine(target, one.name);
      });
      if (kept.length === stub.imports.length) continue;
      stub.imports = kept;
      isChanged = true;
    }
  }
}

function mayDefine(stub: Stub, name: string): boolean {
  return (
    stub.items.some((item) => item.name === name || item.name === "__getattr__") ||
    stub.imports.some((one) => one.bound === name || one.name === "*")
  );
}
