import type { Hop } from "../project/hop.ts";
import { type SourceUnit, unitOf } from "../project/project.ts";
import type { CallSite, FunctionFacts } from "../python/facts.ts";
import { isImportedName, isInComment, rootOf } from "./mention-text.ts";
import type { FileView } from "./rule.ts";
import { indexOf } from "./unit-index.ts";

/** A name that more files mention is not looked for. */
const MAX_FILES = 200;
/** Nor is one that a single file mentions more often. */
const MAX_MENTIONS = 500;

/**
 * The calls of a function in the whole repository, if there are any, each of them is awaited where it stands, and
 * nothing else may mean the function: no reference, no string with its name, no module that hands it on. Null where
 * that is not certain, and where the files are not all at hand.
 */
export function awaitedCallers(file: FileView, facts: FunctionFacts): readonly Hop[] | null {
  const { unit, path, project } = file;
  const { name } = facts;
  const homes = unit.facts.scopes.filter(({ bindings }) => Object.hasOwn(bindings, name));
  const [home] = homes;
  if (!/^\w+$/.test(name) || homes.length !== 1 || home?.bindings[name]?.length !== 1) return null;
  const own = callersIn(file, facts, path, unit);
  if (own === null) return null;
  if (home.kind !== "module") return own.length === 0 ? null : own;
  const paths = project.source.filesMentioning?.([name]) ?? null;
  if (paths === null || paths.length > MAX_FILES) return null;
  const callers = [...own];
  for (const other of paths) {
    if (other === path) continue;
    const mentioning = unitOf(project, other);
    const found = mentioning === null ? null : callersIn(file, facts, other, mentioning);
    if (found === null) return null;
    callers.push(...found);
  }
  return callers.length === 0 ? null : callers;
}

/** The awaited calls in one file; null if a mention there is anything else and may mean the function. */
function callersIn(file: FileView, facts: FunctionFacts, path: string, unit: SourceUnit): Hop[] | null {
  const { name } = facts;
  const { text } = unit;
  if (unit.facts.brokenRegions.length > 0 || unit.facts.patchedNames.includes(name)) return null;
  const { calls } = indexOf(unit);
  const isOwn = path === file.path;
  const isImported = importsOf(unit, name);
  if (isImported && path.endsWith("__init__.py")) return null;
  const callers: Hop[] = [];
  let mentions = 0;
  for (const { index: start } of text.matchAll(new RegExp(`\\b${name}\\b`, "g"))) {
    mentions += 1;
    if (mentions > MAX_MENTIONS) return null;
    if (isInComment(text, start) || (isOwn && start === facts.nameSpan.start)) continue;
    const end = start + name.length;
    if (/["']/.test(text[start - 1] ?? "") || /["']/.test(text[end] ?? "")) return null;
    const isAttribute = /\.\s*$/.test(text.slice(Math.max(0, start - 20), start));
    const call = calls.get(end);
    const meaning = call === undefined ? "unknown" : meaningOf(file, facts, path, call);
    if (meaning === "other") continue;
    if (meaning === "function") {
      if (call?.position !== "awaited") return null;
      callers.push({ path, line: unit.locate(call).line, text: `\`${name}\` is called and awaited` });
      continue;
    }
    if (isAttribute) {
      const root = rootOf(text, start);
      if (root === null || importsOf(unit, root) || call?.position === "awaited") return null;
      continue;
    }
    if (isOwn || (isImported && !isImportedName(text, start, end))) return null;
  }
  return callers;
}

/** Whether a call calls the function, certainly something else, or perhaps either. */
function meaningOf(
  { project, path: home, unit }: FileView,
  facts: FunctionFacts,
  path: string,
  { expression, scope, block, start }: CallSite,
): "function" | "other" | "unknown" {
  const value = project.evaluate(expression.callee, { file: path, scope, block, at: start });
  if (value.kind === "unknown" || value.kind === "union" || (value.doubts ?? 0) !== 0) return "unknown";
  if (value.kind !== "function") return "other";
  const isSame = value.reference.file === home && unit.facts.functions[value.reference.index] === facts;
  return isSame ? "function" : "other";
}

/** An import somewhere in the file binds the name, or brings what has it elsewhere, or may. */
function importsOf(unit: SourceUnit, name: string): boolean {
  const { imported, hasStarImport } = indexOf(unit);
  return hasStarImport || imported.has(name);
}
