import type { BlockingRow } from "../project/blocking-table.ts";
import { DOUBT } from "../project/doubt.ts";
import type { Hop } from "../project/hop.ts";
import { FACTS_PREFIX } from "../project/module-graph.ts";
import type { Project, SourceUnit } from "../project/project.ts";
import type { Expression } from "../python/expression.ts";
import type { CallSite, FileFacts } from "../python/facts.ts";
import { definedNames } from "./calls-to.ts";
import { isHarmless } from "./harmless-arguments.ts";

/** What is known of a call that blocks. */
export interface BlockingFact {
  readonly row: BlockingRow;
  /** The name that is in the table, for people: "requests.Session.get". */
  readonly name: string;
  readonly hops: readonly Hop[];
}

/** Which overload is meant, or which version of the library is used, does not change what blocks. */
const HARMLESS_DOUBTS = DOUBT.overload | DOUBT.version;

/** The row of the table of blocking calls that certainly describes a call of the file at `path`, or null. */
export function blockingFact(
  project: Project,
  path: string,
  unit: SourceUnit,
  call: CallSite,
): BlockingFact | null {
  const { callee } = call.expression;
  if (!isCandidate(project, unit, callee) || isPatched(unit.facts, callee)) return null;
  const { scope, block, start } = call;
  const value = project.evaluate(callee, { file: path, scope, block, at: start });
  if (((value.doubts ?? 0) & ~HARMLESS_DOUBTS) !== 0) return null;
  const names = definedNames(project, value);
  const row = project.source.blockingCalls.find(names);
  if (row === null || isHarmless(unit.text, call, names)) return null;
  if (value.kind === "unknown" && !names.every((name) => isForeign(project, path, name))) return null;
  return { row, name: shownName(names), hops: value.hops };
}

/**
 * Cheap: whether the last name of the callee is in the table, also by what it was imported as, in a file that
 * mentions its package or gets the object from elsewhere.
 */
function isCandidate(project: Project, unit: SourceUnit, callee: Expression): boolean {
  const { lastNames, openPackages } = project.source.blockingCalls;
  if (callee.kind === "name") {
    if (lastNames.has(callee.name)) return true;
    const originals = aliasesOf(unit.facts).get(callee.name) ?? [];
    if (originals.some((one) => lastNames.has(one))) return true;
  } else if (callee.kind === "attribute") {
    const packages = lastNames.get(callee.name);
    if (packages !== undefined) {
      for (const one of packages) if (mentions(unit, one)) return true;
      if (isFromElsewhere(unit.facts, callee.object)) return true;
    }
  } else return false;
  return /^[a-z]\w*$/.test(callee.name) && openPackages.some((one) => mentions(unit, one));
}

/** The object is an attribute of `self`, or a name that a module imports: another file may say what it is. */
function isFromElsewhere({ scopes }: FileFacts, object: Expression): boolean {
  let root = object;
  while (root.kind === "attribute") root = root.object;
  if (root.kind !== "name") return false;
  if (root.name === "self" || root.name === "cls") return object.kind === "attribute";
  const bindings = scopes[0]?.bindings[root.name] ?? [];
  return bindings.some(({ target }) => target.kind === "from-import" || target.kind === "import");
}

/** Functions, methods and attributes on the way that a test (or the file itself) replaces. */
function isPatched({ patchedNames }: FileFacts, callee: Expression): boolean {
  if (patchedNames.length === 0) return false;
  for (let part = callee; ; ) {
    if (part.kind === "name") return patchedNames.includes(part.name);
    if (part.kind === "attribute") {
      if (patchedNames.includes(part.name)) return true;
      part = part.object;
    } else if (part.kind === "call") part = part.callee;
    else return false;
  }
}

/** An object that is only known by its name belongs to a library: nothing in the repository is called like it. */
function isForeign(project: Project, path: string, name: string): boolean {
  const top = name.split(".")[0] ?? name;
  const place = project.modules.resolve(top, path);
  // A module of the standard library that the repository has as well is not certainly either.
  if (place === null)
    return !project.source.factsPaths.some((one) => one === `${top}.pyi` || one === `${top}/__init__.pyi`);
  return place.base.startsWith(FACTS_PREFIX);
}

/** The shortest name is the public one. */
function shownName(names: readonly string[]): string {
  const shown = names.map((name) => name.replace(/\(\)|\[\]/g, "").replace(/^builtins\./, ""));
  return shown.reduce((best, one) => (one.length < best.length ? one : best));
}

const aliases = new WeakMap<FileFacts, ReadonlyMap<string, readonly string[]>>();

/** What names stand for by `from module import name as alias`, where the two differ. */
function aliasesOf(facts: FileFacts): ReadonlyMap<string, readonly string[]> {
  const known = aliases.get(facts);
  if (known !== undefined) return known;
  const found = new Map<string, string[]>();
  for (const { bindings } of facts.scopes) {
    for (const [alias, all] of Object.entries(bindings)) {
      for (const { target } of all)
        if (target.kind === "from-import" && target.name !== alias)
          found.set(alias, [...(found.get(alias) ?? []), target.name]);
    }
  }
  aliases.set(facts, found);
  return found;
}

const mentioned = new WeakMap<SourceUnit, Map<string, boolean>>();

function mentions(unit: SourceUnit, word: string): boolean {
  const answers = mentioned.get(unit) ?? new Map<string, boolean>();
  mentioned.set(unit, answers);
  const answer = answers.get(word) ?? new RegExp(`\\b${word}\\b`).test(unit.text);
  answers.set(word, answer);
  return answer;
}
