import type { Expression } from "../python/expression.ts";
import { awaitedResult, enteredValue, iteratedElement } from "./consume.ts";
import { linearize } from "./linearize.ts";
import { parseAnnotation } from "./parse-annotation.ts";
import { keyOf, type Place, type Project } from "./project.ts";
import { qualifiedName } from "./qualified-name.ts";
import { typeEnvironment, typeParameterNames } from "./type-environment.ts";
import { type Reference, type TypeForm, UNKNOWN, unionOf, type Value } from "./values.ts";

/** Whether a value fits an annotation. */
export type Match = "yes" | "no" | "unknown";

/** What the type variables met so far stand for. */
export type Solution = Map<string, Value>;

const MAX_NESTING = 8;

/**
 * Fits a value to an annotation of a parameter and notes in `solution` what the type variables in the
 * annotation stand for. `place` is where the annotation stands.
 */
export function unify(
  project: Project,
  annotation: Expression,
  place: Place,
  value: Value,
  solution: Solution,
  nesting = 0,
): Match {
  if (nesting > MAX_NESTING) return "unknown";
  const inner = (part: Expression, of: Value): Match =>
    unify(project, part, place, of, solution, nesting + 1);
  switch (annotation.kind) {
    case "string": {
      const parsed = parseAnnotation(annotation.value, annotation.start);
      return parsed === null ? "unknown" : inner(parsed, value);
    }
    case "literal":
      if (annotation.type !== "None" || value.kind === "unknown") return "unknown";
      return value.kind === "none" ? "yes" : "no";
    case "union":
      return unifyUnion(project, annotation.members, place, value, solution, nesting);
    case "name":
    case "attribute":
      return unifyName(project, annotation, place, value, solution, nesting);
    case "subscript": {
      const name = qualifiedName(project, annotation.object, place);
      const last = name === null ? "" : name.slice(name.lastIndexOf(".") + 1);
      const isTyping = name !== null && TYPING.test(name);
      if (name === "builtins.type" || (isTyping && last === "Type"))
        return unifyClass(annotation.items[0], value, inner);
      if (isTyping && last === "Optional") {
        const none: Expression = { kind: "literal", type: "None", items: [], start: 0, end: 0 };
        return unifyUnion(project, [...annotation.items, none], place, value, solution, nesting);
      }
      if (isTyping && last === "Union")
        return unifyUnion(project, annotation.items, place, value, solution, nesting);
      if (isTyping && /^(Annotated|Required|NotRequired|ReadOnly|Final|ClassVar)$/.test(last)) {
        const [type] = annotation.items;
        return type === undefined ? "unknown" : inner(type, value);
      }
      if (isTyping && last === "Literal") return matchLiteral(annotation.items, value);
      if (isTyping && last === "Callable") return unifyCallable(project, annotation.items, value, inner);
      if (isTyping && UNWRAPPED.has(last))
        return unifyProtocol(project, last, annotation.items, value, inner);
      return unifyGeneric(project, annotation, place, value, inner);
    }
    default:
      return "unknown";
  }
}

const TYPING = /^(typing|typing_extensions|collections\.abc|types|contextlib)\./;

/** Structural members are tried before bare type variables: `Awaitable[T] | T`. */
function unifyUnion(
  project: Project,
  members: readonly Expression[],
  place: Place,
  value: Value,
  solution: Solution,
  nesting: number,
): Match {
  if (value.kind === "union") {
    const all = value.members.map((one) => unifyUnion(project, members, place, one, solution, nesting + 1));
    return all.every((one) => one === all[0]) ? (all[0] ?? "unknown") : "unknown";
  }
  const isBare = (one: Expression): boolean =>
    one.kind === "name" && project.evaluate(one, place).kind === "type-variable";
  const ordered = [...members.filter((one) => !isBare(one)), ...members.filter(isBare)];
  let result: Match = "no";
  for (const member of ordered) {
    const match = unify(project, member, place, value, solution, nesting + 1);
    if (match === "yes") return "yes";
    if (match === "unknown") result = "unknown";
  }
  return result;
}

function unifyName(
  project: Project,
  annotation: Expression & { kind: "name" | "attribute" },
  place: Place,
  value: Value,
  solution: Solution,
  nesting: number,
): Match {
  const name = qualifiedName(project, annotation, place);
  if (name === "builtins.object" || name === "typing.Any") return "yes";
  const solved = annotation.kind === "name" ? place.types?.get(annotation.name) : undefined;
  if (solved !== undefined && solved.kind !== "type-variable") return "unknown";
  const type = solved ?? project.evaluate(annotation, place);
  if (type.kind === "type-variable") {
    const known = solution.get(type.variable);
    if (known === undefined) solution.set(type.variable, value);
    else if (known !== value) solution.set(type.variable, unionOf([known, value]));
    const bound = type.bound();
    if (bound.kind !== "instance") return value.kind === "unknown" ? "unknown" : "yes";
    return matchClass(project, bound.reference, value);
  }
  if (type.kind === "class") return matchClass(project, type.reference, value);
  if (type.kind === "type-form")
    return unify(project, type.expression, type.place, value, solution, nesting + 1);
  return "unknown";
}

/** Whether a value is an instance of a class. */
function matchClass(project: Project, reference: Reference, value: Value): Match {
  switch (value.kind) {
    case "none":
      return "no";
    case "instance": {
      const order = linearize(project, value.reference);
      if (order.some((one) => one !== null && keyOf(one) === keyOf(reference))) return "yes";
      if (order.includes(null)) return "unknown";
      const [own, wanted] = [project.classFacts(value.reference)?.name, project.classFacts(reference)?.name];
      if (BASIC.test(own ?? "") && BASIC.test(wanted ?? "")) return promotes(own, wanted) ? "unknown" : "no";
      return isStructural(project, reference) ? "unknown" : "no";
    }
    case "union": {
      const all = value.members.map((member) => matchClass(project, reference, member));
      return all.every((one) => one === all[0]) ? (all[0] ?? "unknown") : "unknown";
    }
    case "coroutine":
    case "async-generator":
    case "generator":
    case "tuple":
    case "function":
      return isStructural(project, reference) ? "unknown" : "no";
    default:
      return "unknown";
  }
}

const BASIC = /^(int|float|complex|bool|str|bytes|list|dict|set)$/;

/** An `int` is taken where a `float` is wanted. */
function promotes(own: string | undefined, wanted: string | undefined): boolean {
  return /^(int|float|bool)$/.test(own ?? "") && /^(int|float|complex)$/.test(wanted ?? "");
}

/** Protocols and abstract classes accept what never names them; numbers accept each other. */
function isStructural(project: Project, reference: Reference): boolean {
  if (
    /^facts:(typing|typing_extensions|types|abc|_typeshed|collections\/abc|_collections_abc)\b/.test(
      reference.file,
    )
  )
    return true;
  const facts = project.classFacts(reference);
  if (facts === null || /^(float|complex|int|bytes|object|type|tuple)$/.test(facts.name)) return true;
  return (
    facts.hasMetaclass ||
    facts.bases.some((base) => {
      const named = base.kind === "subscript" ? base.object : base;
      return (named.kind === "name" || named.kind === "attribute") && /^(Protocol|ABC)$/.test(named.name);
    })
  );
}

/** `Literal["a", "b"]` takes one of the strings; other constants are not told apart. */
function matchLiteral(items: readonly Expression[], value: Value): Match {
  if (value.kind !== "instance" || value.literal === undefined)
    return value.kind === "none" ? "no" : "unknown";
  if (items.some((item) => item.kind === "string" && item.value === value.literal)) return "yes";
  return items.every((item) => item.kind === "string" || item.kind === "literal") ? "no" : "unknown";
}

type Inner = (part: Expression, value: Value) => Match;

/** `type[C]` takes a class. */
function unifyClass(item: Expression | undefined, value: Value, inner: Inner): Match {
  if (value.kind === "class" && item !== undefined) {
    const { reference, items, hops } = value;
    return inner(item, { kind: "instance", reference, items, isExact: false, isHearsay: false, hops });
  }
  if (value.kind === "unknown" || value.kind === "union" || value.kind === "type-form") return "unknown";
  return "no";
}

function unifyCallable(project: Project, items: readonly Expression[], value: Value, inner: Inner): Match {
  switch (value.kind) {
    case "function":
    case "overloads":
    case "callable":
    case "class": {
      const result = items.at(-1);
      return result === undefined ? "yes" : inner(result, project.call(value, null));
    }
    case "instance": {
      const call = project.member(value, "__call__");
      const result = items.at(-1);
      if (call.kind !== "function" && call.kind !== "overloads") return "unknown";
      return result === undefined ? "yes" : inner(result, project.call(value, null));
    }
    case "none":
    case "coroutine":
    case "async-generator":
    case "generator":
    case "tuple":
      return "no";
    default:
      return "unknown";
  }
}

const UNWRAPPED = new Set([
  "Awaitable",
  "Coroutine",
  "CoroutineType",
  "AsyncIterator",
  "AsyncIterable",
  "AsyncGenerator",
  "Iterator",
  "Iterable",
  "Generator",
  "Sequence",
  "Collection",
  "AsyncContextManager",
  "AbstractAsyncContextManager",
  "ContextManager",
  "AbstractContextManager",
]);

/** The protocols of consumption: what the value gives when it is consumed that way. */
function unifyProtocol(
  project: Project,
  name: string,
  items: readonly Expression[],
  value: Value,
  inner: Inner,
): Match {
  if (value.kind === "unknown") return "unknown";
  const can = project.capabilities(value);
  const [answer, part, given] = ((): [Match, Expression | undefined, () => Value] => {
    if (name === "Awaitable") return [can.awaitable, items[0], () => awaitedResult(project, value)];
    if (name === "Coroutine" || name === "CoroutineType")
      return [can.coroutine, items[2], () => awaitedResult(project, value)];
    if (name.startsWith("Async") && !name.endsWith("Manager"))
      return [can.asyncIterable, items[0], () => iteratedElement(project, value, true)];
    if (name.includes("Async"))
      return [can.asyncContextManager, items[0], () => enteredValue(project, value, true)];
    if (name.endsWith("Manager"))
      return [can.contextManager, items[0], () => enteredValue(project, value, false)];
    return [can.iterable, items[0], () => iteratedElement(project, value, false)];
  })();
  if (answer !== "yes") return answer;
  return part === undefined || inner(part, given()) !== "no" ? "yes" : "no";
}

/** `C[T, …]`: the value's class has to lead to `C`. */
function unifyGeneric(
  project: Project,
  annotation: Expression & { kind: "subscript" },
  place: Place,
  value: Value,
  inner: Inner,
): Match {
  const type = project.evaluate(annotation.object, place);
  if (type.kind === "type-form") return unifyAlias(project, type, annotation.items, value, inner);
  if (type.kind !== "class") return "unknown";
  const match = matchClass(project, type.reference, value);
  if (value.kind === "tuple") return unifyTuple(annotation.items, value.items, inner);
  if (match !== "yes" || value.kind !== "instance") return match;
  const types = typeEnvironment(project, value.reference, value.items, type.reference);
  let result: Match = "yes";
  for (const [index, name] of typeParameterNames(project, type.reference).entries()) {
    const item = annotation.items[index];
    if (item === undefined) continue;
    const part = inner(item, types.get(name) ?? UNKNOWN);
    if (part === "no") return "no";
    if (part === "unknown") result = "unknown";
  }
  return result;
}

/** `Alias[A, …]`: the alias is solved for its own parameters, then each for what stands in its place. */
function unifyAlias(
  project: Project,
  form: TypeForm,
  items: readonly Expression[],
  value: Value,
  inner: Inner,
): Match {
  const solution: Solution = new Map();
  const match = unify(project, form.expression, form.place, value, solution, MAX_NESTING - 4);
  for (const [index, name] of form.parameters().entries()) {
    const item = items[index];
    const solved = solution.get(name);
    if (item !== undefined && solved !== undefined) inner(item, solved);
  }
  return match;
}

function unifyTuple(items: readonly Expression[], values: readonly Value[], inner: Inner): Match {
  const isVariadic = items[1]?.kind === "literal" && items[1].type === "ellipsis";
  for (const [index, value] of values.entries()) {
    const item = isVariadic ? items[0] : items[index];
    if (item !== undefined) inner(item, value);
  }
  return "unknown";
}
