import type { Expression } from "../python/expression.ts";
import type { FunctionFacts } from "../python/facts.ts";
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
import { typeEnvironment } from "./type-environment.ts";
import {
  type FunctionObject,
  NONE,
  type Reference,
  UNKNOWN,
  unionOf,
  type Value,
  withHops,
} from "./values.ts";

/** What calling a function (before its decorators' wrappings) returns. */
export function functionResult(project: Project, callee: FunctionObject): Value {
  const facts = functionOf(project, callee.reference);
  if (facts === null || facts.hasMisplacedAwait) return UNKNOWN;
  const types = environmentOf(project, callee, facts);
  if (types !== undefined) return compute(project, callee.reference, facts, types);
  return remember(project, facts, () => compute(project, callee.reference, facts, undefined));
}

/** `Self` and the type variables of the class the method was found in. */
function environmentOf(
  project: Project,
  callee: FunctionObject,
  facts: FunctionFacts,
): TypeEnvironment | undefined {
  const receiver = callee.receiver;
  if (receiver === null || (receiver.kind !== "instance" && receiver.kind !== "class")) return undefined;
  const scope = scopeOf(project, callee.reference.file, facts.parentScope);
  if (scope === null || scope.kind !== "class") return undefined;
  const owner: Reference = { file: callee.reference.file, index: scope.subject };
  const own = typeEnvironment(project, receiver.reference, receiver.items, owner);
  const needsSelf = facts.returnAnnotation !== null && mentionsSelf(facts.returnAnnotation);
  if (own.size === 0 && !needsSelf) return undefined;
  const { reference, items, hops } = receiver;
  const self: Value = { kind: "instance", reference, items, isExact: false, isHearsay: false, hops };
  return new Map([...own, ["Self", self]]);
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
  const outer: Place = { file: reference.file, scope: facts.parentScope, block: 0, at: facts.start, types };
  const annotated =
    facts.returnAnnotation === null ? null : project.evaluateType(facts.returnAnnotation, outer);
  if (facts.yields.length > 0) {
    const element = elementOf(annotated) ?? yieldedValue(project, reference, facts);
    if (!facts.isAsync) return { kind: "generator", element, hops };
    return { kind: "async-generator", element, isEndless: facts.isEndless, definition: reference, hops };
  }
  if (facts.isAsync) {
    if (facts.isStub && isIteratorAnnotation(facts.returnAnnotation)) return UNKNOWN;
    const inferred = (): Value =>
      isLibrary(reference.file) ? UNKNOWN : returnedValue(project, reference, facts);
    return { kind: "coroutine", result: annotated ?? inferred(), hops };
  }
  if (isLibrary(reference.file)) return annotated === null ? UNKNOWN : withHops(annotated, hops);
  const returned = facts.isStub ? UNKNOWN : returnedValue(project, reference, facts);
  if (annotated === null) return facts.isStub ? UNKNOWN : withHops(returned, hops);
  if (annotated.kind === "unknown") return returned.kind === "coroutine" ? withHops(returned, hops) : UNKNOWN;
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

function returnedValue(project: Project, reference: Reference, facts: FunctionFacts): Value {
  const values = facts.returns.map((returned): Value => {
    if (returned === null) return NONE;
    const block = blockAt(project, reference, returned.start);
    return project.evaluate(returned, bodyPlace(reference, facts, returned.start, block));
  });
  if (facts.mayFallThrough) values.push(NONE);
  return unionOf(values);
}

function yieldedValue(project: Project, reference: Reference, facts: FunctionFacts): Value {
  const values = facts.yields.map(({ value, isFrom, start }): Value => {
    if (isFrom || value === null) return UNKNOWN;
    const block = blockAt(project, reference, start);
    return project.evaluate(value, bodyPlace(reference, facts, start, block));
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
