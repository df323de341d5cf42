import { bindingValue } from "./binding-value.ts";
import type { Capabilities } from "./capabilities.ts";
import { linearize } from "./linearize.ts";
import { classOf, functionOf, isLibrary, keyOf, type Project, scopeOf, unitOf } from "./project.ts";
import type { Match } from "./unify.ts";
import { type Reference, UNKNOWN, type Value } from "./values.ts";

/**
 * Whether the loaded subclasses of `reference` define `name` as the same kind of callable as `found`: an object
 * annotated with the base (or `self` in it) may be one of theirs.
 */
export function overrideAgreement(project: Project, reference: Reference, name: string, found: Value): Match {
  const overriding = overridingClasses(project, reference, name);
  if (overriding === null) return "unknown";
  let result: Match = "yes";
  for (const subclass of overriding) {
    const facts = classOf(project, subclass);
    if (facts === null) continue;
    const isFunction = isCallable(found) || found.kind === "property";
    const assigned = facts.selfAttributes[name] ?? [];
    if (assigned.length > 0 && isFunction) return "no";
    for (const { value, annotation, scope, block, at } of assigned) {
      const place = { file: subclass.file, scope, block, at };
      const own =
        annotation !== null
          ? project.evaluateType(annotation, place)
          : value === null
            ? UNKNOWN
            : project.evaluate(value, place);
      if (!isSameClass(own, found)) result = "unknown";
    }
    const bindings = scopeOf(project, subclass.file, facts.scope)?.bindings[name] ?? [];
    for (const binding of bindings) {
      const value = bindingValue(project, binding, subclass.file, facts.scope, undefined);
      const agrees = agreement(project, value, found);
      if (agrees === "no") return "no";
      if (agrees === "unknown") result = "unknown";
    }
  }
  return result;
}

/** More loaded classes with a base of one name are not looked through. */
const MAX_LOADED = 600;
/** More candidates than this are not read for one question. */
const MAX_CANDIDATES = 150;

/**
 * Subclasses that may define the member: those that a scan of the repository names, or else the loaded ones; null when
 * there are too many to look at.
 */
export function overridingClasses(project: Project, reference: Reference, name: string): Reference[] | null {
  const className = classOf(project, reference)?.name ?? "";
  // Nobody changes what `dict.get` is; asking for every subclass of a builtin would only cost.
  if (/^facts:(builtins|typing|collections)\b/.test(reference.file)) return [];
  const candidates = project.source.overriders?.(className, name);
  if (candidates == null) return subclassesOf(project, reference);
  if (candidates.length > MAX_CANDIDATES) return isLibrary(reference.file) ? [] : null;
  const wanted = keyOf(reference);
  return candidates.flatMap((candidate) => {
    const classes = unitOf(project, candidate.path)?.facts.classes ?? [];
    return classes.flatMap((facts, index): Reference[] => {
      const subclass = { file: candidate.path, index };
      if (facts.name !== candidate.name || keyOf(subclass) === wanted) return [];
      const order = linearize(project, subclass);
      return order.some((one) => one !== null && keyOf(one) === wanted) ? [subclass] : [];
    });
  });
}

function subclassesOf(project: Project, reference: Reference): Reference[] | null {
  const all: Reference[] = [];
  const pending = [reference];
  const seen = new Set([keyOf(reference)]);
  for (let base = pending.pop(); base !== undefined; base = pending.pop()) {
    const name = classOf(project, base)?.name ?? "";
    const candidates = project.subclasses.get(name) ?? [];
    if (candidates.length > MAX_LOADED) return null;
    for (const candidate of candidates) {
      if (seen.has(keyOf(candidate))) continue;
      const order = linearize(project, candidate);
      const wanted = keyOf(base);
      if (!order.some((one) => one !== null && keyOf(one) === wanted)) continue;
      seen.add(keyOf(candidate));
      all.push(candidate);
      pending.push(candidate);
    }
  }
  return all;
}

function agreement(project: Project, override: Value, found: Value): Match {
  if (override.kind === "unknown") return "unknown";
  const isProperty = (value: Value): boolean => value.kind === "property";
  if (isProperty(override) !== isProperty(found))
    return isCallable(override) || isCallable(found) ? "no" : "unknown";
  if (isCallable(override) !== isCallable(found)) return "unknown";
  if (!isCallable(found) && !isProperty(found)) return isSameClass(override, found) ? "yes" : "unknown";
  const [a, b] = [shapeOf(project, override), shapeOf(project, found)];
  if (a === null || b === null) return "unknown";
  const keys = ["awaitable", "asyncIterable", "asyncContextManager"] as const;
  // A plain function agrees with an `async def` only if it is certain that it gives the same.
  const isSame = keys.some((key) => a.can[key] === "yes" && b.can[key] === "yes");
  if (a.isAsync !== b.isAsync && !isSame) return "no";
  const given = (value: Value): Value =>
    value.kind === "property" ? project.call(value.getter, null) : value;
  if (isProperty(found) && !isSameClass(given(override), given(found))) return "unknown";
  return keys.some((key) => opposes(a.can[key], b.can[key])) ? "no" : "yes";
}

/** Two attributes hold objects of one class (or classes, or things that no method is called on). */
function isSameClass(a: Value, b: Value): boolean {
  if (a.kind === "none" || b.kind === "none") return true;
  const isObject = (value: Value) => value.kind === "instance" || value.kind === "class";
  if (!isObject(a) || !isObject(b)) return a.kind === b.kind && a.kind !== "unknown";
  return "reference" in a && "reference" in b && keyOf(a.reference) === keyOf(b.reference);
}

function opposes(a: Match, b: Match): boolean {
  return (a === "yes" && b === "no") || (a === "no" && b === "yes");
}

function isCallable({ kind }: Value): boolean {
  return kind === "function" || kind === "overloads" || kind === "callable";
}

interface Shape {
  readonly can: Capabilities;
  readonly isAsync: boolean;
}

/** What calling (or reading) gives. */
function shapeOf(project: Project, value: Value): Shape | null {
  const target =
    value.kind === "property" ? value.getter : value.kind === "overloads" ? value.members[0] : value;
  if (target === undefined) return null;
  const facts = target.kind === "function" ? functionOf(project, target.reference) : null;
  const result = project.call(value.kind === "overloads" ? value : target, null);
  return { can: project.capabilities(result), isAsync: facts?.isAsync ?? false };
}
