import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { PythonParser } from "../../src/python/parse.ts";
import { dropDead, importTypingNames } from "./liveness.ts";
import { normalise } from "./normalise.ts";
import { readModule } from "./read-module.ts";
import { type Detail, reduceStub } from "./reduce.ts";
import { vocabularyOf } from "./reduce-parameters.ts";
import { expandStars } from "./stars.ts";
import type { Stub } from "./stub.ts";
import { dropOwnSubmodules, dropUnresolved } from "./unresolved.ts";

/** The folder of typeshed in the npm package `pyright`. */
function typeshedFolder(): string {
  const pyright = dirname(createRequire(import.meta.url).resolve("pyright/package.json"));
  return join(pyright, "dist", "typeshed-fallback");
}

// Modules in which parameters decide what a call gives.
const FULL =
  /^(builtins|typing|typing_extensions|types|collections|collections\.abc|_collections_abc|contextlib|_?contextvars|_?asyncio|asyncio\..*|concurrent|concurrent\..*|functools|itertools|abc|_typeshed|unittest\.(mock|async_case)|dataclasses|queue|_queue)$/;
const REDUCED =
  /^(inspect|unittest(\..*)?|weakref|_weakref|_weakrefset|copy|enum|operator|_operator|threading|multiprocessing(\..*)?|atexit|signal|heapq|_heapq|bisect|random|logging(\..*)?|warnings|sched|select|selectors|graphlib|contextlib)$/;

// Of interest to almost nobody, or not for Linux.
const LEFT_OUT =
  /^(_ast|_curses.*|_dbm|_gdbm|_lsprof|_msi|_osx_support|_tkinter|_winapi|__main__|antigravity|cgitb?|curses|_ctypes|ctypes|dbm|distutils|encodings|ensurepip|ensurepip|idlelib|imghdr|lib2to3|mailbox|msilib|msvcrt|nt|nturl2path|ossaudiodev|pydoc|pydoc_data|pyexpat|pickletools|pstats|pyclbr|sre_constants|symtable|tabnanny|this|tkinter|turtle|turtledemo|venv|winreg|winsound|wsgiref|xdrlib|xmlrpc|xxlimited|zipapp|asyncio\.windows_.*|asyncio\.proactor_events|_typeshed\.(dbapi|wsgi|xml|_type_checker_internals)|opcode|_opcode|dis|audioop|aifc|sunau|nis|crypt|spwd|pipes|sndhdr|uu|chunk|colorsys|_interpreters|_interpqueues|_interpchannels|modulefinder|_sitebuiltins|_bootlocale|nntplib|telnetlib|asynchat|asyncore|smtpd|lib2to3|formatter|parser|symbol|macpath|dummy_threading|_dummy_thread.*|binhex|_pydecimal|_compat_pickle|_imp|_frozen_importlib.*|_markupbase|_py_abc|_sqlite3|_stat|_lzma|_bz2|_locale|_json|_codecs|_bisect|_blake2|_hashlib|_random|_struct|_tracemalloc|_warnings|_zstd|_osx.*|_posixsubprocess|_multibytecodec|_remote_debugging|profile|cProfile|trace|pdb|bdb|doctest|xml\.(sax|dom|parsers).*|json\.scanner|json\.tool|unittest\._log|unittest\.__main__|importlib\.metadata\._meta|email\._policybase.*|email\._header_value_parser)(\..*)?$/;

// Reached from others although private and exotic by name.
const KEPT =
  /^(_sqlite3|_locale|_codecs|_json|_hashlib|_random|_struct|_warnings|_frozen_importlib|_frozen_importlib_external|_stat|_bisect|_blake2|_lzma|_bz2|_imp|_ast|_sitebuiltins|email\._policybase)$/;

function detailOf(module: string): Detail {
  if (FULL.test(module)) return "full";
  return REDUCED.test(module) ? "reduced" : "names";
}

/** The reduced standard library, for Python 3.13 on Linux and with the names of 3.10 to 3.14. */
export function readStandardLibrary(parser: PythonParser): Stub[] {
  const folder = join(typeshedFolder(), "stdlib");
  const versions = readVersions(readFileSync(join(folder, "VERSIONS"), "utf8"));
  const stubs = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".pyi"))
    .sort()
    .flatMap((path): Stub[] => {
      const module = path.replace(/(\/__init__)?\.pyi$/, "").replaceAll("/", ".");
      if ((LEFT_OUT.test(module) && !KEPT.test(module)) || !exists(module, versions)) return [];
      return [readStub(parser, join(folder, path), module, path.endsWith("__init__.pyi"))];
    });
  return reduceAll(stubs, detailOf);
}

function readStub(parser: PythonParser, file: string, module: string, isPackage: boolean): Stub {
  const tree = parser.parse(readFileSync(file, "utf8"));
  return readModule(tree.root, { text: tree.text, hasBodies: false }, module, isPackage);
}

/** Third-party stubs of typeshed ("aiofiles"), complete. */
export function readTypeshedStubs(parser: PythonParser, distribution: string, top: string): Stub[] {
  const folder = join(typeshedFolder(), "stubs", distribution);
  if (!existsSync(join(folder, top))) return [];
  const stubs = readdirSync(join(folder, top), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".pyi"))
    .sort()
    .map((path) => {
      const module = `${top}/${path.replaceAll("\\", "/")}`
        .replace(/(\/__init__)?\.pyi$/, "")
        .replaceAll("/", ".");
      return readStub(parser, join(folder, top, path), module, path.endsWith("__init__.pyi"));
    });
  return reduceAll(stubs, () => "reduced");
}

function reduceAll(stubs: Stub[], detail: (module: string) => Detail): Stub[] {
  for (const stub of stubs) normalise(stub);
  const vocabulary = vocabularyOf(stubs);
  for (const stub of stubs) reduceStub(stub, detail(stub.module), vocabulary);
  expandStars(stubs);
  dropUnresolved(stubs);
  dropDead(
    stubs,
    (stub, one) => (one.isAliased && one.name === one.bound) || (stub.exports?.has(one.bound) ?? false),
  );
  dropOwnSubmodules(stubs);
  for (const stub of stubs) importTypingNames(stub);
  return stubs.filter(({ items, imports, isPackage }) => isPackage || items.length + imports.length > 0);
}

type Range = readonly [from: number, to: number];

function readVersions(text: string): Map<string, Range> {
  const number = (version: string | undefined): number => {
    const [major = 0, minor = 0] = (version ?? "").split(".").map(Number);
    return major * 100 + minor;
  };
  return new Map(
    [...text.matchAll(/^([\w.]+): (\d+\.\d+)-(\d+\.\d+)?/gm)].map((match) => [
      match[1] ?? "",
      [number(match[2]), match[3] === undefined ? 999 : number(match[3])],
    ]),
  );
}

/** Some Python from 3.10 on has the module. */
function exists(module: string, versions: ReadonlyMap<string, Range>): boolean {
  for (let name = module; name !== ""; name = name.slice(0, Math.max(0, name.lastIndexOf(".")))) {
    const range = versions.get(name);
    if (range !== undefined) return range[1] >= 310 && range[0] <= 314;
  }
  return false;
}
