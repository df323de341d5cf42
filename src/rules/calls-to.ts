import { isLibrary, libraryModule, type Project, unitOf } from "../project/project.ts";
import { qualifiedName } from "../project/qualified-name.ts";
import type { Reference, Value } from "../project/values.ts";
import type { Expression } from "../python/expression.ts";
import type { CallSite } from "../python/facts.ts";
import type { FileView, Position } from "./rule.ts";

/** A call and the name, of those that were asked for, of what it calls. */
export interface NamedCall {
  readonly call: CallSite;
  readonly name: string;
}

/**
 * Calls of library functions, methods and classes by their dotted names: "asyncio.create_task",
 * "asyncio.AbstractEventLoop.create_task", "threading.Lock". A method is named by the class that defines it; a name
 * may be that of the defining module or start with the top-level package only. Cheap: what a call calls is only
 * looked at when its last name is one of those asked for.
 */
export function* callsTo(file: FileView, names: ReadonlySet<string>): Generator<NamedCall> {
  for (const last of new Set([...names].map(lastName))) {
    for (const call of callsNamed(file, last)) {
      const name = namesOf(file, call.expression.callee, call).find((one) => names.has(one));
      if (name !== undefined) yield { call, name };
    }
  }
}

/** Calls of anything with this last name, also under the alias of an import; what is called is not looked at. */
export function callsNamed(file: FileView, last: string): readonly CallSite[] {
  return indexOf(file).get(last) ?? [];
}

/** The dotted names under which the library function, method or class behind an expression is known; certain ones only. */
export function namesOf(file: FileView, expression: Expression, position: Position): readonly string[] {
  const { scope, block, start } = position;
  const imported = qualifiedName(file.project, expression, { file: file.path, scope, block, at: start });
  const names = definedNames(file.project, file.certainValue(expression, position));
  return imported === null ? names : [imported, ...names];
}

/** The dotted names under which a library's function, method or class is known; none for what a repository defines. */
export function definedNames(project: Project, value: Value): string[] {
  const first = value.kind === "overloads" ? value.members[0] : value;
  if (first === undefined) return [];
  const named = first.name === undefined ? [] : [first.name];
  if (first.kind === "function") return [...named, ...libraryNames(project, first.reference, "functions")];
  if (first.kind === "class") return [...named, ...libraryNames(project, first.reference, "classes")];
  return named;
}

function libraryNames(project: Project, { file, index }: Reference, list: "functions" | "classes"): string[] {
  if (!isLibrary(file)) return [];
  const facts = unitOf(project, file)?.facts;
  const definition = facts?.[list][index];
  const qualified = definition === undefined ? undefined : facts?.scopes[definition.scope]?.qualifiedName;
  if (qualified === undefined) return [];
  const module = libraryModule(file);
  return [`${module}.${qualified}`, `${module.split(".")[0]}.${qualified}`];
}

const indexes = new WeakMap<FileView, ReadonlyMap<string, readonly CallSite[]>>();

/** The calls of a file by the last name of what they call, and by what that name is imported as. */
function indexOf(file: FileView): ReadonlyMap<string, readonly CallSite[]> {
  const known = indexes.get(file);
  if (known !== undefined) return known;
  const aliases = importedNames(file);
  const index = new Map<string, CallSite[]>();
  const enter = (name: string, call: CallSite): void => {
    const calls = index.get(name);
    if (calls === undefined) index.set(name, [call]);
    else calls.push(call);
  };
  for (const call of file.calls) {
    const { callee } = call.expression;
    if (callee.kind !== "name" && callee.kind !== "attribute") continue;
    enter(callee.name, call);
    if (callee.kind === "attribute") continue;
    for (const name of aliases.get(callee.name) ?? []) if (name !== callee.name) enter(name, call);
  }
  indexes.set(file, index);
  return index;
}

/** What names stand for by `from module import name as alias`. */
function importedNames({ unit }: FileView): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const { bindings } of unit.facts.scopes) {
    for (const [alias, all] of Object.entries(bindings)) {
      for (const { target } of all) {
        if (target.kind !== "from-import") continue;
        const known = names.get(alias);
        if (known === undefined) names.set(alias, new Set([target.name]));
        else known.add(target.name);
      }
    }
  }
  return names;
}

function lastName(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
