import type { Binding, ScopeFacts } from "../python/facts.ts";
import { withoutAccessors } from "./accessors.ts";
import { bindingValue } from "./binding-value.ts";
import { DOUBT } from "./doubt.ts";
import { isOverload, joinBindings } from "./join-bindings.ts";
import { isLibrary, type Place, type Project, scopeOf, unitOf } from "./project.ts";
import { reachingBindings } from "./reaching-bindings.ts";
import { isStarExported } from "./star-exports.ts";
import { typeParameterValue } from "./type-parameters.ts";
import { UNKNOWN, type Value, withDoubts } from "./values.ts";

/** What a name stands for where it is used: all bindings that may have been the last must agree. */
export function lookupName(project: Project, name: string, place: Place): Value {
  const known = place.types?.get(name);
  if (known !== undefined) return known;
  const tested = isTested(project, name, place);
  if (tested === "kind") return UNKNOWN;
  const found = lookup(project, name, place);
  const isPatched =
    !isLibrary(place.file) && (unitOf(project, place.file)?.facts.patchedNames.includes(name) ?? false);
  const value = isPatched ? withDoubts(found, DOUBT.patched) : found;
  return tested === "class" ? withDoubts(value, DOUBT.narrowing) : value;
}

function lookup(project: Project, name: string, place: Place): Value {
  const unit = unitOf(project, place.file);
  if (unit === null) return UNKNOWN;
  const found = findScope(project, name, place);
  if (found === null) return lookupFree(project, name, place);
  if (found.kind === "type-parameter") return found.value;
  const { scope, index, isOwn } = found;
  const all = scope.bindings[name] ?? [];
  if (all.length > MAX_BINDINGS || isReboundByStar(project, scope, name, place.file)) return UNKNOWN;
  const bindings =
    isOwn && !all.some((binding) => isOverload(unit, binding))
      ? reachingBindings(unit.facts.blocks, all, place)
      : withoutAccessors(all, unit, name).filter(({ target }) => target.kind !== "narrowing");
  if (bindings.some(({ at }) => isBroken(unit.facts.brokenRegions, at))) return UNKNOWN;
  const valueFor = (binding: Binding): Value =>
    bindingValue(project, binding, place.file, index, place.types);
  // A declared name keeps its type whatever is assigned to it.
  const declared = all.find(({ target }) => target.kind === "value" && target.annotation !== null);
  return joinBindings(unit, bindings, (binding) => {
    const value = valueFor(binding);
    const isAssigned = binding.target.kind === "value" && binding !== declared;
    return value.kind === "unknown" && isAssigned && declared !== undefined ? valueFor(declared) : value;
  });
}

/** A star import further down than every own binding of the name may replace it. */
function isReboundByStar(project: Project, scope: ScopeFacts, name: string, file: string): boolean {
  if (scope.starImports.length === 0) return false;
  const last = Math.max(...(scope.bindings[name] ?? []).map(({ at }) => at));
  return scope.starImports.some((star) => {
    if (star.at < last) return false;
    const target =
      star.level > 0
        ? project.modules.resolveRelative(star.module, star.level, file)
        : project.modules.resolve(star.module, file);
    const exporter = target?.file == null ? null : unitOf(project, target.file);
    if (target?.file == null || exporter === null || isStarExported(exporter.facts, name) === "no")
      return false;
    return project.exported(target.file, name) !== null;
  });
}

/** Names that are bound more often than this are not followed. */
const MAX_BINDINGS = 4_000;

/**
 * Whether the code around tests what the (dotted) name is: "kind" for how it is consumed (it may be several
 * things then), "class" for its class or attributes.
 */
export function isTested(project: Project, name: string, place: Place): "kind" | "class" | null {
  let isClassTested = false;
  for (let scope = scopeOf(project, place.file, place.scope); scope !== null; ) {
    if (scope.kind !== "module") {
      if (scope.guardedNames.includes(name)) return "kind";
      if (scope.testedNames.includes(name)) isClassTested = true;
    }
    scope = scope.parent === null ? null : scopeOf(project, place.file, scope.parent);
  }
  return isClassTested ? "class" : null;
}

type Found =
  | {
      readonly kind: "scope";
      readonly scope: ScopeFacts;
      readonly index: number;
      /** The use and the binding belong to the same run of the same function, so order counts. */
      readonly isOwn: boolean;
    }
  | { readonly kind: "type-parameter"; readonly value: Value };

function findScope(project: Project, name: string, place: Place): Found | null {
  let index: number | null = place.scope;
  let isOwn = true;
  while (index !== null) {
    const scope: ScopeFacts | null = scopeOf(project, place.file, index);
    if (scope === null) return null;
    const isVisible = scope.kind !== "class" || index === place.scope || isOwn;
    if (isVisible && scope.bindings[name] !== undefined && !scope.outerNames.includes(name)) {
      return { kind: "scope", scope, index, isOwn };
    }
    const parameter = typeParameterValue(project, place.file, scope, name);
    if (parameter !== null) return { kind: "type-parameter", value: parameter };
    // Comprehensions run in the frame of their function; a class body or function does not see class names around it.
    if (scope.kind !== "comprehension") isOwn = false;
    index = scope.parent;
  }
  return null;
}

/** A name bound nowhere in the file: from a star import, else a builtin. */
function lookupFree(project: Project, name: string, place: Place): Value {
  const unit = unitOf(project, place.file);
  const stars = unit?.facts.scopes[0]?.starImports ?? [];
  for (const star of [...stars].reverse()) {
    const target =
      star.level > 0
        ? project.modules.resolveRelative(star.module, star.level, place.file)
        : project.modules.resolve(star.module, place.file);
    const exporter = target?.file == null ? null : unitOf(project, target.file);
    if (target?.file == null || exporter === null) return UNKNOWN;
    const isExported = isStarExported(exporter.facts, name);
    const value = isExported === "no" ? null : project.exported(target.file, name);
    if (value !== null) return isExported === "yes" ? value : UNKNOWN;
  }
  const builtins = project.modules.resolve("builtins", "facts:");
  if (builtins?.file == null) return UNKNOWN;
  const value = builtins.file === place.file ? null : project.exported(builtins.file, name);
  return value ?? (isLibrary(place.file) && TYPE_VARIABLE.test(name) ? openVariable(name) : UNKNOWN);
}

// Tables of libraries may mention type variables whose definition was left out; their names are conventional.
const TYPE_VARIABLE = /^_*([A-Z][A-Z0-9]*|\w*T\d?|AnyStr)(_co|_contra)?$/;

function openVariable(name: string): Value {
  return { kind: "type-variable", variable: name, hops: [], bound: () => UNKNOWN };
}

function isBroken(regions: readonly { start: number; end: number }[], at: number): boolean {
  return regions.some((region) => region.start <= at && at < region.end);
}
