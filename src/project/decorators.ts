import { dottedName, type Expression } from "../python/expression.ts";
import type { DecoratorEffect } from "./project.ts";
import { functionOf, isLibrary, libraryModule, type Place, type Project, scopeOf } from "./project.ts";
import { qualifiedName } from "./qualified-name.ts";
import { type FunctionObject, type Reference, UNKNOWN, unionOf, type Value } from "./values.ts";

/** The value a `def` binds to its name: the function with its decorators applied, innermost first. */
export function decoratedFunction(project: Project, reference: Reference): Value {
  const facts = functionOf(project, reference);
  if (facts === null) return UNKNOWN;
  let value: Value = { kind: "function", reference, receiver: null, wrappings: [], hops: [] };
  const place: Place = { file: reference.file, scope: facts.parentScope, block: 0, at: facts.start };
  for (const decorator of [...facts.decorators].reverse()) {
    value = applyDecorator(project, value, decorator, place);
    if (value.kind === "unknown") return UNKNOWN;
  }
  return value;
}

function applyDecorator(project: Project, target: Value, decorator: Expression, place: Place): Value {
  const effect = decoratorEffect(project, decorator, place);
  if (effect !== null) return applyEffect(target, effect);
  const callee = decorator.kind === "call" ? decorator.callee : decorator;
  const value = project.evaluate(callee, place);
  if (value.kind !== "function" || isLibrary(value.reference.file) || value.wrappings.length > 0)
    return UNKNOWN;
  if (decorator.kind !== "call") return applyLocal(project, value.reference, target);
  return applyFactory(project, value.reference, target);
}

function applyEffect(target: Value, effect: DecoratorEffect): Value {
  if (effect === "transparent") return target;
  if (target.kind !== "function") return UNKNOWN;
  switch (effect) {
    case "property":
      return { kind: "property", getter: target, hops: [] };
    case "async-context-manager":
    case "context-manager":
    case "coroutine":
    case "sync":
    case "eager-awaitable":
      return { ...target, wrappings: [...target.wrappings, effect] };
    default:
      return UNKNOWN;
  }
}

// What the language and the standard library define; libraries come from the facts' decorator table.
const STANDARD_EFFECTS: ReadonlyMap<string, DecoratorEffect> = new Map<string, DecoratorEffect>([
  ["builtins.staticmethod", "transparent"],
  ["builtins.classmethod", "transparent"],
  ["builtins.property", "property"],
  ["functools.cached_property", "property"],
  ["abc.abstractmethod", "transparent"],
  ["abc.abstractproperty", "property"],
  ["contextlib.asynccontextmanager", "async-context-manager"],
  ["contextlib.contextmanager", "context-manager"],
  ["functools.wraps", "transparent"],
  ["functools.lru_cache", "transparent"],
  ["functools.cache", "transparent"],
  ["typing.overload", "transparent"],
  ["typing.final", "transparent"],
  ["typing.override", "transparent"],
  ["typing.no_type_check", "transparent"],
  ["typing_extensions.overload", "transparent"],
  ["typing_extensions.final", "transparent"],
  ["typing_extensions.override", "transparent"],
  ["typing_extensions.deprecated", "transparent"],
  ["warnings.deprecated", "transparent"],
]);

/** The effect the tables give a decorator, or null when it is in none of them. */
export function decoratorEffect(
  project: Project,
  decorator: Expression,
  place: Place,
): DecoratorEffect | null {
  const callee = decorator.kind === "call" ? decorator.callee : decorator;
  const plain = qualifiedName(project, callee, place);
  const value = project.evaluate(callee, place);
  const names = [plain, value.name ?? null, libraryName(project, value)];
  for (const name of names) {
    const effect = name === null ? null : effectOf(project, name);
    if (effect !== null) return effect;
  }
  return null;
}

/** "fastapi.applications.FastAPI.get" for a function of the library facts. */
function libraryName(project: Project, value: Value): string | null {
  if (value.kind !== "function" || !isLibrary(value.reference.file)) return null;
  const facts = functionOf(project, value.reference);
  const scope = facts === null ? null : scopeOf(project, value.reference.file, facts.scope);
  return scope === null ? null : `${libraryModule(value.reference.file)}.${scope.qualifiedName}`;
}

function effectOf(project: Project, name: string): DecoratorEffect | null {
  const plain = name.replaceAll("()", "");
  const known = STANDARD_EFFECTS.get(plain) ?? project.source.decorators.get(plain);
  if (known !== undefined) return known;
  for (let at = plain.lastIndexOf("."); at > 0; at = plain.lastIndexOf(".", at - 1)) {
    const wildcard = project.source.decorators.get(`${plain.slice(0, at)}.*`);
    if (wildcard !== undefined) return wildcard;
  }
  return null;
}

/** A decorator of the repository: what its `return` statements give, the decorated function for its parameter. */
function applyLocal(project: Project, decorator: Reference, target: Value): Value {
  const facts = functionOf(project, decorator);
  if (facts === null || facts.isAsync || facts.yields.length > 0) return UNKNOWN;
  const bindings = scopeOf(project, decorator.file, facts.scope)?.bindings ?? {};
  const parameters = facts.parameters;
  if (facts.returns.length === 0 || facts.mayFallThrough) return UNKNOWN;
  const results = facts.returns.map((returned): Value => {
    const name = returned === null ? null : dottedName(returned);
    if (returned === null || name === null) return UNKNOWN;
    const bound = bindings[name] ?? [];
    const isParameter = bound.length === 1 && bound[0]?.target.kind === "parameter";
    if (isParameter && (name === parameters[0] || (parameters[0] === "self" && name === parameters[1])))
      return target;
    const isInner = bound.length > 0 && bound.every((one) => one.target.kind === "function");
    if (!isInner) return UNKNOWN;
    return project.evaluate(returned, placeInside(facts.scope, decorator, returned.start));
  });
  return joinKinds(results);
}

function placeInside(scope: number, decorator: Reference, at: number): Place {
  return { file: decorator.file, scope, block: 0, at };
}

/** `@retry(3)`: the factory returns a decorator that it defines itself. */
function applyFactory(project: Project, factory: Reference, target: Value): Value {
  const facts = functionOf(project, factory);
  if (facts === null || facts.isAsync || facts.yields.length > 0 || facts.mayFallThrough) return UNKNOWN;
  const results = facts.returns.map((returned): Value => {
    if (returned?.kind !== "name") return UNKNOWN;
    const inner = project.evaluate(returned, placeInside(facts.scope, factory, returned.start));
    if (inner.kind !== "function" || inner.wrappings.length > 0) return UNKNOWN;
    return applyLocal(project, inner.reference, target);
  });
  return results.length === 0 ? UNKNOWN : joinKinds(results);
}

function joinKinds(results: readonly Value[]): Value {
  const [first] = results;
  if (first === undefined) return UNKNOWN;
  if (results.every((one) => isSameFunction(one, first))) return first;
  return unionOf(results);
}

function isSameFunction(a: Value, b: Value): boolean {
  if (a.kind !== "function" || b.kind !== "function") return false;
  const isSame = (one: FunctionObject, other: FunctionObject): boolean =>
    one.reference.file === other.reference.file && one.reference.index === other.reference.index;
  return isSame(a, b) && a.wrappings.join() === b.wrappings.join();
}
