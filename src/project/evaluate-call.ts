import type { Expression } from "../python/expression.ts";
import type { CallArguments } from "./call-arguments.ts";
import { classOf, functionOf, type Place, type Project, scopeOf } from "./project.ts";
import { qualifiedName } from "./qualified-name.ts";
import { type Reference, UNKNOWN, unionOf, type Value, withDoubts } from "./values.ts";

/** What a call expression gives: calls that a type system treats specially, and all others. */
export function evaluateCall(project: Project, call: Expression & { kind: "call" }, place: Place): Value {
  const name = qualifiedName(project, call.callee, place);
  const special = name === null ? undefined : SPECIAL_CALLS.get(name);
  const known = special?.(project, call, place);
  if (known !== undefined) return known;
  const callee = project.evaluate(call.callee, place);
  if (callee.kind === "class" && isTypeVariableClass(project, callee.reference)) {
    const variable = typeVariable(project, call, place);
    if (variable !== undefined) return variable;
  }
  return withDoubts(project.call(callee, argumentsOf(project, call, place)), callee.doubts ?? 0);
}

/** `TypeVar` however it was imported, and in the stub that defines it. */
function isTypeVariableClass(project: Project, reference: Reference): boolean {
  if (!/^facts:typing(_extensions)?\.pyi$/.test(reference.file)) return false;
  return /^(TypeVar|ParamSpec|TypeVarTuple)$/.test(classOf(project, reference)?.name ?? "");
}

type SpecialCall = (project: Project, call: Expression & { kind: "call" }, place: Place) => Value | undefined;

const SPECIAL_CALLS: ReadonlyMap<string, SpecialCall> = new Map<string, SpecialCall>([
  ["builtins.super", superCall],
  ["builtins.type", typeCall],
  ["builtins.aiter", (project, call, place) => methodOfFirst(project, call, place, "__aiter__")],
  ["builtins.anext", (project, call, place) => methodOfFirst(project, call, place, "__anext__")],
  ["typing.cast", castCall],
  ["typing_extensions.cast", castCall],
  ["functools.partial", partialCall],
  ["typing.NewType", newTypeCall],
  ["typing_extensions.NewType", newTypeCall],
]);

/** The arguments of a call as values that are computed when they are asked for. */
function argumentsOf(project: Project, call: Expression & { kind: "call" }, place: Place): CallArguments {
  const positional: (() => Value)[] = [];
  const keywords = new Map<string, () => Value>();
  let hasSplat = false;
  for (const { name, splat, value } of call.arguments) {
    if (splat) hasSplat = true;
    else if (name !== null)
      keywords.set(
        name,
        once(() => project.evaluate(value, place)),
      );
    else if (!hasSplat) positional.push(once(() => project.evaluate(value, place)));
  }
  return { positional, keywords, hasSplat };
}

function once(compute: () => Value): () => Value {
  let known: Value | undefined;
  return () => {
    known ??= compute();
    return known;
  };
}

function superCall(project: Project, call: Expression & { kind: "call" }, place: Place): Value | undefined {
  if (call.arguments.length > 0) return undefined;
  for (let scope = scopeOf(project, place.file, place.scope); scope !== null; ) {
    const outer = scope.parent === null ? null : scopeOf(project, place.file, scope.parent);
    if (scope.kind === "function" && outer?.kind === "class") {
      const method = functionOf(project, { file: place.file, index: scope.subject });
      if (method === null) return UNKNOWN;
      return { kind: "super", reference: { file: place.file, index: outer.subject }, hops: [] };
    }
    scope = outer;
  }
  return UNKNOWN;
}

/** `type(x)` is the class of `x`, or a subclass. */
function typeCall(project: Project, call: Expression & { kind: "call" }, place: Place): Value | undefined {
  const [object, more] = call.arguments;
  if (object === undefined || more !== undefined) return undefined;
  const value = project.evaluate(object.value, place);
  if (value.kind !== "instance") return UNKNOWN;
  const { reference, items, hops, name, doubts } = value;
  return { kind: "class", reference, items, isOpen: !value.isExact, name, hops, doubts };
}

/** `anext(it)` is `it.__anext__()`, whatever the stub's overloads say. */
function methodOfFirst(
  project: Project,
  call: Expression & { kind: "call" },
  place: Place,
  method: string,
): Value | undefined {
  const [object] = call.arguments;
  if (object === undefined || object.splat) return undefined;
  const value = project.evaluate(object.value, place);
  if (value.kind === "async-generator") {
    if (method === "__aiter__") return value;
    return { kind: "coroutine", result: value.element, hops: value.hops, doubts: value.doubts };
  }
  if (value.kind !== "instance") return UNKNOWN;
  return withDoubts(project.call(project.member(value, method), null), value.doubts ?? 0);
}

function castCall(project: Project, call: Expression & { kind: "call" }, place: Place): Value | undefined {
  const [type, value] = call.arguments;
  if (type === undefined || value === undefined) return undefined;
  return project.evaluateType(type.value, place);
}

/** `T = TypeVar("T", bound=Base)`; with constraints it is at least one of them. */
function typeVariable(
  project: Project,
  call: Expression & { kind: "call" },
  place: Place,
): Value | undefined {
  const [name, ...constraints] = call.arguments;
  if (name?.value.kind !== "string") return undefined;
  const bound = call.arguments.find((argument) => argument.name === "bound");
  const choices = constraints.filter((argument) => argument.name === null && !argument.splat);
  return {
    kind: "type-variable",
    variable: name.value.value,
    hops: [],
    bound() {
      const least = call.arguments.find((argument) => argument.name === "default") ?? bound;
      if (least !== undefined) return project.evaluateType(least.value, place);
      return choices.length === 0
        ? UNKNOWN
        : unionOf(choices.map((choice) => project.evaluateType(choice.value, place)));
    },
  };
}

/** A `NewType` is its base class under another name. */
function newTypeCall(project: Project, call: Expression & { kind: "call" }, place: Place): Value | undefined {
  const base = call.arguments[1];
  if (base === undefined) return undefined;
  const value = project.evaluate(base.value, place);
  return value.kind === "class" ? { ...value, isOpen: true } : UNKNOWN;
}

/** `partial(f, …)` gives what `f` gives; which arguments are still to come is not followed. */
function partialCall(project: Project, call: Expression & { kind: "call" }, place: Place): Value | undefined {
  const [target, ...rest] = call.arguments;
  if (target === undefined || target.splat || target.name !== null) return undefined;
  const value = project.evaluate(target.value, place);
  const fixed = argumentsOf(project, { ...call, arguments: rest }, place);
  return {
    kind: "callable",
    hops: value.hops,
    doubts: value.doubts,
    call: (given) =>
      project.call(value, {
        positional: [...fixed.positional, ...(given?.positional ?? [])],
        keywords: new Map([...fixed.keywords, ...(given?.keywords ?? [])]),
        hasSplat: fixed.hasSplat || given === null || given.hasSplat,
      }),
  };
}
