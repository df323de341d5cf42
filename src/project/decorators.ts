import type { Expression } from "../python/expression.ts";
import { singleArgument } from "./call-arguments.ts";
import { DOUBT } from "./doubt.ts";
import { fixtureOf } from "./fixtures.ts";
import {
  type DecoratorEffect,
  functionOf,
  isLibrary,
  libraryModule,
  type Place,
  type Project,
  scopeOf,
  type TypeEnvironment,
} from "./project.ts";
import { qualifiedName } from "./qualified-name.ts";
import { type Reference, UNKNOWN, type Value, withDoubts } from "./values.ts";

/** The value a `def` binds to its name: the function with its decorators applied, innermost first. */
export function decoratedFunction(
  project: Project,
  reference: Reference,
  closure?: TypeEnvironment | undefined,
): Value {
  const facts = functionOf(project, reference);
  if (facts === null) return UNKNOWN;
  let value: Value = { kind: "function", reference, receiver: null, wrappings: [], closure, hops: [] };
  const place: Place = {
    file: reference.file,
    scope: facts.parentScope,
    block: 0,
    at: facts.start,
    types: closure,
  };
  for (const decorator of [...facts.decorators].reverse()) {
    value = applyDecorator(project, value, decorator, place);
    if (value.kind === "unknown") return UNKNOWN;
  }
  return value;
}

function applyDecorator(project: Project, target: Value, decorator: Expression, place: Place): Value {
  const effect = decoratorEffect(project, decorator, place);
  // "unknown" in the table is about a library that cannot be read; the repository's own code can.
  if (effect !== null && effect !== "unknown") return applyEffect(project, target, effect);
  const value = project.evaluate(decorator, place);
  if (effect === "unknown" && !isOwn(value)) return UNKNOWN;
  if (value.kind === "unknown") return UNKNOWN;
  const result = project.call(value, singleArgument(target));
  if (isSameFunction(result, target) || isSameKind(project, result, target)) return target;
  const isWritten = result.kind === "function" && !isLibrary(result.reference.file);
  return isWritten ? result : withDoubts(result, DOUBT.decorator);
}

/** Defined in the repository. */
function isOwn(value: Value): boolean {
  const [first] = value.kind === "overloads" ? value.members : [value];
  return first !== undefined && "reference" in first && !isLibrary(first.reference.file);
}

/** `Callable[P, R]` to `Callable[P, R]`: what the function gives is what the decorated one gives. */
function isSameKind(project: Project, result: Value, target: Value): boolean {
  if (result.kind !== "callable" || target.kind !== "function") return false;
  const [after, before] = [project.call(result, null), project.call(target, null)];
  return after.kind === before.kind && (after.kind === "coroutine" || after.kind === "async-generator");
}

function isSameFunction(a: Value, b: Value): boolean {
  if (a.kind !== "function" || b.kind !== "function") return false;
  const isSame = a.reference.file === b.reference.file && a.reference.index === b.reference.index;
  return isSame && a.wrappings.join() === b.wrappings.join();
}

function applyEffect(project: Project, target: Value, effect: DecoratorEffect): Value {
  if (effect === "transparent") return target;
  if (target.kind !== "function") return UNKNOWN;
  switch (effect) {
    case "property":
      return { kind: "property", getter: target, hops: [] };
    case "fixture":
      return fixtureOf(project, target);
    case "async-context-manager":
    case "context-manager":
    case "coroutine":
    case "sync":
    case "eager-awaitable":
      return { ...target, wrappings: [...target.wrappings, effect] };
    case "unknown":
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
  ["typing.type_check_only", "transparent"],
  ["typing.dataclass_transform", "transparent"],
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
  for (const name of decoratorNames(project, decorator, place)) {
    const effect = effectOf(project, name);
    if (effect !== null) return effect;
  }
  return null;
}

/** The dotted names a decorator (or the factory it comes from) is known by. */
export function decoratorNames(project: Project, decorator: Expression, place: Place): string[] {
  const callee = decorator.kind === "call" ? decorator.callee : decorator;
  const plain = qualifiedName(project, callee, place);
  const value = project.evaluate(callee, place);
  return [plain, value.name, libraryName(project, value)].filter((name) => name != null);
}

/** "fastapi.applications.FastAPI.get" for a function of the library facts. */
function libraryName(project: Project, value: Value): string | null {
  const target = value.kind === "overloads" ? value.members[0] : value;
  if (target?.kind !== "function" || !isLibrary(target.reference.file)) return null;
  const facts = functionOf(project, target.reference);
  const scope = facts === null ? null : scopeOf(project, target.reference.file, facts.scope);
  return scope === null ? null : `${libraryModule(target.reference.file)}.${scope.qualifiedName}`;
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
