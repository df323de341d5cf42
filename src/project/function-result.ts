import type { Expression } from "../python/expression.ts";
import type { FunctionFacts } from "../python/facts.ts";
import { bindArguments, type CallArguments } from "./call-arguments.ts";
import { DOUBT } from "./doubt.ts";
import type { Hop } from "./hop.ts";
import { FACTS_PREFIX } from "./module-graph.ts";
import {
  functionOf,
  isLibrary,
  libraryModule,
  type Place,
  type Project,
  scopeOf,
  type TypeEnvironment,
  unitOf,
} from "./project.ts";
import { remember } from "./remember.ts";
import { typeEnvironment, variablesIn } from "./type-environment.ts";
import { signaturePlace } from "./type-parameters.ts";
import { type Solution, unify } from "./unify.ts";
import {
  type FunctionObject,
  isAsyncKind,
  NONE,
  type Reference,
  UNKNOWN,
  unionOf,
  type Value,
  withDoubts,
  withHops,
} from "./values.ts";

/** What calling a function (before its decorators' wrappings) returns. */
export function functionResult(project: Project, callee: FunctionObject, given: CallArguments | null): Value {
  const facts = functionOf(project, callee.reference);
  if (facts === null || facts.hasMisplacedAwait) return UNKNOWN;
  const types = environmentOf(project, callee, facts, given);
  const result =
    types === undefined
      ? remember(project, facts, () => compute(project, callee.reference, facts, undefined))
      : compute(project, callee.reference, facts, types);
  if (given === null || (result.kind !== "unknown" && !isClosure(project, result, facts))) return result;
  return resultForArguments(project, callee, facts, given) ?? result;
}

/** A function made by the call: what it gives may depend on the arguments. */
function isClosure(project: Project, result: Value, facts: FunctionFacts): boolean {
  if (facts.returnAnnotation !== null) return false;
  if (result.kind === "callable") return true;
  return result.kind === "function" && functionOf(project, result.reference)?.parentScope === facts.scope;
}

/**
 * What a function without annotations returns for these arguments: names of its parameters stand for what is
 * passed. This is how decorators are evaluated.
 */
function resultForArguments(
  project: Project,
  callee: FunctionObject,
  facts: FunctionFacts,
  given: CallArguments,
): Value | null {
  const { reference } = callee;
  if (isLibrary(reference.file) || facts.isAsync || facts.yields.length > 0 || facts.isStub) return null;
  if (project.depth > MAX_INLINE_DEPTH || facts.returns.length === 0) return null;
  const bound = bindArguments(facts.parameters, given, callee.receiver === null ? 0 : 1);
  if (bound === null) return null;
  const bindings = scopeOf(project, reference.file, facts.scope)?.bindings ?? {};
  const closure = new Map(callee.closure);
  for (const { parameter, value } of bound) {
    const isPlain = parameter.kind === "positional" || parameter.kind === "keyword";
    if (isPlain && bindings[parameter.name]?.length === 1) closure.set(parameter.name, value());
  }
  const outcomes = facts.returns.map((returned): Value => {
    if (returned === null) return NONE;
    const block = blockAt(project, reference, returned.start);
    return project.evaluate(returned, {
      ...bodyPlace(reference, facts, returned.start, block),
      types: closure,
    });
  });
  if (facts.mayFallThrough) outcomes.push(NONE);
  return unionOf(outcomes);
}

/** Calls whose arguments are followed into the body, one within the other. */
const MAX_INLINE_DEPTH = 100;

/** What `Self` and the type variables of the function and of the class it was found in stand for. */
function environmentOf(
  project: Project,
  callee: FunctionObject,
  facts: FunctionFacts,
  given: CallArguments | null,
): TypeEnvironment | undefined {
  const types = new Map(callee.closure);
  const { receiver } = callee;
  const scope = scopeOf(project, callee.reference.file, facts.parentScope);
  if (
    receiver !== null &&
    (receiver.kind === "instance" || receiver.kind === "class") &&
    scope?.kind === "class"
  ) {
    const owner: Reference = { file: callee.reference.file, index: scope.subject };
    for (const [name, value] of typeEnvironment(project, receiver.reference, receiver.items, owner))
      types.set(name, value);
    if (facts.returnAnnotation !== null && mentionsSelf(facts.returnAnnotation)) {
      const { reference, items, hops } = receiver;
      types.set("Self", { kind: "instance", reference, items, isExact: false, isHearsay: false, hops });
    }
  }
  for (const [name, value] of solveSignature(project, callee, facts, given)) types.set(name, value);
  return types.size === 0 ? undefined : types;
}

/** The function's own type variables, solved from the receiver and the arguments if its result needs them. */
function solveSignature(
  project: Project,
  callee: FunctionObject,
  facts: FunctionFacts,
  given: CallArguments | null,
): Solution {
  const solution: Solution = new Map();
  if (facts.returnAnnotation === null) return solution;
  const place = signaturePlace(project, callee.reference, callee.closure);
  if (place === null || !isGeneric(project, facts, place)) return solution;
  const self = facts.parameters[0]?.annotation ?? null;
  if (callee.receiver !== null && self !== null) unify(project, self, place, callee.receiver, solution);
  if (given !== null) {
    const bound = bindArguments(facts.parameters, given, callee.receiver === null ? 0 : 1) ?? [];
    for (const { parameter, value } of bound)
      if (parameter.annotation !== null) unify(project, parameter.annotation, place, value(), solution);
  }
  for (const [name, value] of solution)
    if (isAsyncKind(value)) solution.set(name, withDoubts(value, DOUBT["type-variable"]));
  return solution;
}

function isGeneric(project: Project, facts: FunctionFacts, place: Place): boolean {
  const known = project.generics.get(facts);
  if (known !== undefined) return known;
  const { returnAnnotation } = facts;
  const missing = project.missing.size;
  const answer = returnAnnotation !== null && variablesIn(project, returnAnnotation, place, 0).length > 0;
  if (project.missing.size === missing) project.generics.set(facts, answer);
  return answer;
}

function mentionsSelf(annotation: Expression): boolean {
  switch (annotation.kind) {
    case "name":
      return annotation.name === "Self" || /^_?(Self|T?Self|Self_?T)$/i.test(annotation.name);
    case "attribute":
      return annotation.name === "Self";
    case "subscript":
      return annotation.items.some((item) => mentionsSelf(item));
    case "union":
      return annotation.members.some((member) => mentionsSelf(member));
    case "string":
      return annotation.value.includes("Self");
    default:
      return false;
  }
}

function compute(
  project: Project,
  reference: Reference,
  facts: FunctionFacts,
  types: TypeEnvironment | undefined,
): Value {
  const hops = [definitionHop(project, reference, facts)];
  const outer = signaturePlace(project, reference, types);
  const annotated =
    facts.returnAnnotation === null || outer === null
      ? null
      : project.evaluateType(facts.returnAnnotation, outer);
  if (facts.yields.length > 0) {
    const element = elementOf(annotated) ?? yieldedValue(project, reference, facts, types);
    if (!facts.isAsync) return { kind: "generator", element, hops };
    return { kind: "async-generator", element, isEndless: facts.isEndless, definition: reference, hops };
  }
  if (facts.isAsync) {
    if (facts.isStub && isIteratorAnnotation(facts.returnAnnotation)) return UNKNOWN;
    const inferred = (): Value =>
      isLibrary(reference.file) ? UNKNOWN : returnedValue(project, reference, facts, types);
    // Tables read off sources without annotations sometimes say that awaiting gives another coroutine.
    const isDoubtful = isLibrary(reference.file) && annotated?.kind === "coroutine";
    return { kind: "coroutine", result: isDoubtful ? UNKNOWN : (annotated ?? inferred()), hops };
  }
  if (isLibrary(reference.file)) return annotated === null ? UNKNOWN : withHops(annotated, hops);
  const returned = facts.isStub ? UNKNOWN : returnedValue(project, reference, facts, types);
  if (annotated === null) return facts.isStub ? UNKNOWN : withHops(returned, hops);
  if (annotated.kind === "unknown") return returned.kind === "coroutine" ? withHops(returned, hops) : UNKNOWN;
  if (annotated.kind === "none" && facts.returns.some((one) => one !== null) && returned.kind !== "none")
    return UNKNOWN;
  if (returned.kind !== "unknown") {
    const isBroader =
      annotated.kind === "instance" && returned.kind !== "instance" && returned.kind !== "none";
    return withHops(isBroader ? returned : annotated, hops);
  }
  const hearsay: Value = annotated.kind === "instance" ? { ...annotated, isHearsay: true } : annotated;
  return withHops(
    hearsay.kind === "none" && !facts.isStub && facts.returns.length > 0 ? UNKNOWN : hearsay,
    hops,
  );
}

/** The item type of `AsyncIterator[T]`, `AsyncGenerator[T, S]`, `Iterator[T]` annotations. */
function elementOf(annotated: Value | null): Value | null {
  if (annotated === null) return null;
  if (annotated.kind === "async-generator" || annotated.kind === "generator") return annotated.element;
  return annotated.kind === "instance" ? (annotated.items[0] ?? null) : null;
}

function isIteratorAnnotation(annotation: Expression | null): boolean {
  if (annotation === null) return false;
  const object = annotation.kind === "subscript" ? annotation.object : annotation;
  if (object.kind === "string") return /Async(Iterator|Iterable|Generator)\b/.test(object.value);
  const name = object.kind === "name" || object.kind === "attribute" ? object.name : "";
  return /^Async(Iterator|Iterable|Generator)$/.test(name);
}

function bodyPlace(reference: Reference, facts: FunctionFacts, at: number, block: number): Place {
  return { file: reference.file, scope: facts.scope, block, at };
}

function blockAt(project: Project, reference: Reference, at: number): number {
  const blocks = unitOf(project, reference.file)?.facts.blocks ?? [];
  let best = 0;
  for (const [index, block] of blocks.entries()) {
    const isInner = block.start >= (blocks[best]?.start ?? 0) && block.start <= at && at < block.end;
    if (isInner && block.end - block.start <= (blocks[best]?.end ?? 0) - (blocks[best]?.start ?? 0))
      best = index;
  }
  return best;
}

function returnedValue(
  project: Project,
  reference: Reference,
  facts: FunctionFacts,
  types: TypeEnvironment | undefined,
): Value {
  const values = facts.returns.map((returned): Value => {
    if (returned === null) return NONE;
    const block = blockAt(project, reference, returned.start);
    return project.evaluate(returned, { ...bodyPlace(reference, facts, returned.start, block), types });
  });
  if (facts.mayFallThrough) values.push(NONE);
  return unionOf(values);
}

function yieldedValue(
  project: Project,
  reference: Reference,
  facts: FunctionFacts,
  types: TypeEnvironment | undefined,
): Value {
  const values = facts.yields.map(({ value, isFrom, start }): Value => {
    if (isFrom || value === null) return UNKNOWN;
    const block = blockAt(project, reference, start);
    return project.evaluate(value, { ...bodyPlace(reference, facts, start, block), types });
  });
  return unionOf(values);
}

function definitionHop(project: Project, reference: Reference, facts: FunctionFacts): Hop {
  const unit = unitOf(project, reference.file);
  const name = scopeOf(project, reference.file, facts.scope)?.qualifiedName ?? facts.name;
  if (isLibrary(reference.file) || unit === null) {
    const path = `${FACTS_PREFIX}${libraryModule(reference.file)}`;
    return {
      path,
      line: 0,
      text: `\`${name}\` of the library \`${libraryModule(reference.file)}\` is ${describe(facts)}`,
    };
  }
  const { line } = unit.locate(facts.nameSpan);
  const [first] = facts.yields;
  const suffix = first === undefined ? "" : ` (in line ${unit.locate(first).line})`;
  return { path: reference.file, line, text: `\`${name}\` is ${describe(facts)}${suffix}` };
}

function describe(facts: FunctionFacts): string {
  if (facts.isAsync && facts.yields.length > 0)
    return "an async generator function: `async def` with a `yield`";
  if (facts.isAsync) return "a coroutine function: `async def` without `yield`";
  if (facts.yields.length > 0) return "a generator function: `def` with a `yield`";
  return "a plain function: `def`";
}
