import { parse } from "smol-toml";
import {
  compareVersions,
  exactly,
  parseConstraint,
  parseVersion,
  type VersionRange,
} from "./version-range.ts";

/** The versions a repository uses, by normalised name of the package ("typing-extensions"); Python is "python". */
export type Pins = ReadonlyMap<string, VersionRange>;

type Reader = (text: string) => Map<string, VersionRange>;

/**
 * The versions that a lock file, a requirements file or pyproject.toml pins (exactly or as a range). Files of other
 * kinds and files that cannot be read give none.
 */
export function readPins(path: string, text: string): Pins {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const reader = readerOf(name, path);
  if (reader === null) return new Map();
  try {
    return reader(text);
  } catch {
    return new Map();
  }
}

function readerOf(name: string, path: string): Reader | null {
  if (
    name === "uv.lock" ||
    name === "poetry.lock" ||
    name === "pdm.lock" ||
    /^pylock(\..+)?\.toml$/.test(name)
  )
    return readTomlLock;
  if (name === "Pipfile.lock") return readPipfileLock;
  if (name === "pyproject.toml") return readPyproject;
  const isRequirements =
    /requirements.*\.(txt|in)$/.test(name) || /(^|\/)requirements\/[^/]+\.txt$/.test(path);
  return isRequirements ? readRequirements : null;
}

/** Pins of several files: those of the first file that names a package count. Give lock files first. */
export function mergePins(files: readonly Pins[]): Pins {
  const merged = new Map<string, VersionRange>();
  for (const file of files) for (const [name, range] of file) if (!merged.has(name)) merged.set(name, range);
  return merged;
}

/** "Typing_Extensions" and "typing.extensions" are "typing-extensions". */
export function normaliseName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

function readTomlLock(text: string): Map<string, VersionRange> {
  const lock = parse(text);
  const pins = new Map<string, VersionRange>();
  for (const one of listOf(lock.package ?? lock.packages)) {
    const { name, version } = tableOf(one);
    if (typeof name !== "string" || typeof version !== "string") continue;
    // The same package in two versions (for different platforms): both may be meant.
    const key = normaliseName(name);
    const range = versionRange(version);
    if (range !== null) pins.set(key, pins.has(key) ? cover(pins.get(key) ?? {}, range) : range);
  }
  const python =
    lock["requires-python"] ??
    tableOf(lock.metadata)["python-versions"] ??
    tableOf(lock.metadata).requires_python;
  if (typeof python === "string") pins.set("python", parseConstraint(python));
  return pins;
}

function readPipfileLock(text: string): Map<string, VersionRange> {
  const lock = tableOf(JSON.parse(text));
  const pins = new Map<string, VersionRange>();
  for (const section of [lock.develop, lock.default]) {
    for (const [name, entry] of Object.entries(tableOf(section))) {
      const { version } = tableOf(entry);
      if (typeof version === "string") pins.set(normaliseName(name), parseConstraint(version));
    }
  }
  const python = tableOf(tableOf(lock._meta).requires);
  const version = python.python_full_version ?? python.python_version;
  if (typeof version === "string") pins.set("python", parseConstraint(`${version}.*`));
  return pins;
}

function readRequirements(text: string): Map<string, VersionRange> {
  const pins = new Map<string, VersionRange>();
  for (const line of text.replace(/\\\r?\n/g, " ").split("\n")) addRequirement(pins, line);
  return pins;
}

/** "name[extra] >=1,<2 ; marker  # comment" and "name (>=1)" */
function addRequirement(pins: Map<string, VersionRange>, requirement: string): void {
  const plain = requirement.replace(/(^|\s)#.*$/, "").replace(/\s--hash=.*$/, "");
  const [, name, constraint = ""] =
    /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*\(?([^;@)]*)\)?\s*(?:;.*)?$/.exec(plain) ?? [];
  if (name === undefined) return;
  const range = parseConstraint(constraint);
  if (range.from !== undefined || range.to !== undefined) pins.set(normaliseName(name), range);
}

function readPyproject(text: string): Map<string, VersionRange> {
  const { project, tool, "dependency-groups": groups } = parse(text);
  const pins = new Map<string, VersionRange>();
  const own = tableOf(project);
  const poetry = tableOf(tableOf(tool).poetry);
  const lists = [
    ...Object.values(tableOf(groups)),
    ...Object.values(tableOf(own["optional-dependencies"])),
    own.dependencies,
  ];
  for (const list of lists)
    for (const one of listOf(list)) if (typeof one === "string") addRequirement(pins, one);
  const tables = [
    poetry["dev-dependencies"],
    ...Object.values(tableOf(poetry.group)).map((group) => tableOf(group).dependencies),
    poetry.dependencies,
  ];
  for (const table of tables) {
    for (const [name, entry] of Object.entries(tableOf(table))) {
      const version = typeof entry === "string" ? entry : tableOf(entry).version;
      if (typeof version === "string") addPoetry(pins, name, version);
    }
  }
  if (typeof own["requires-python"] === "string") pins.set("python", parseConstraint(own["requires-python"]));
  return pins;
}

/** A version without an operator is exact; "*" is any. */
function addPoetry(pins: Map<string, VersionRange>, name: string, constraint: string): void {
  const range = parseConstraint(constraint);
  if (range.from !== undefined || range.to !== undefined) pins.set(normaliseName(name), range);
}

function versionRange(version: string): VersionRange | null {
  const parsed = parseVersion(version);
  return parsed === null ? null : exactly(parsed);
}

/** The smallest range with both exact versions in it. */
function cover(a: VersionRange, b: VersionRange): VersionRange {
  const [low, high] = compareVersions(a.from ?? [], b.from ?? []) < 0 ? [a, b] : [b, a];
  return { from: low.from, to: high.to };
}

function tableOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
