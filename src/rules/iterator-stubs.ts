import { overridingClasses } from "../project/overrides.ts";
import { classOf, type Project, scopeOf, unitOf } from "../project/project.ts";
import { signaturePlace } from "../project/type-parameters.ts";
import type { Reference } from "../project/values.ts";
import type { FunctionFacts } from "../python/facts.ts";
import { shapedFunction } from "./callable-shape.ts";
import type { FileView } from "./rule.ts";
import { sitesOf } from "./sites.ts";

/** A declaration `async def rows(self) -> AsyncIterator[int]: ...`: for callers a coroutine that gives the iterator. */
export function isIteratorStub({ project, path }: FileView, index: number, facts: FunctionFacts): boolean {
  if (!facts.isAsync || !facts.isStub || facts.yields.length > 0 || facts.returnAnnotation === null)
    return false;
  const place = signaturePlace(project, { file: path, index }, undefined);
  if (place === null) return false;
  const annotated = project.evaluateType(facts.returnAnnotation, place);
  if (annotated.kind === "async-generator") return true;
  if (
    annotated.kind !== "instance" ||
    !/^facts:(typing|_collections_abc|collections)/.test(annotated.reference.file)
  )
    return false;
  return /^Async(Iterator|Iterable|Generator)$/.test(classOf(project, annotated.reference)?.name ?? "");
}

/** Where an implementation of the method is an async generator, and none is a coroutine function; else null. */
export function generatorOverride(project: Project, owner: Reference, name: string): Reference | null {
  let found: Reference | null = null;
  for (const subclass of overridingClasses(project, owner, name) ?? []) {
    const scope = classOf(project, subclass)?.scope;
    if (scope === undefined) continue;
    const own = shapedFunction(project, subclass.file, scope, name);
    if (own === null) {
      if (isStub(project, subclass, scope, name)) continue;
      return null;
    }
    if (own.shape !== "async-generator") return null;
    found ??= own.value.reference;
  }
  return found;
}

function isStub(project: Project, { file }: Reference, scope: number, name: string): boolean {
  const bindings = scopeOf(project, file, scope)?.bindings[name] ?? [];
  const functions = unitOf(project, file)?.facts.functions;
  return bindings.every(
    ({ target }) => target.kind === "function" && functions?.[target.index]?.isStub === true,
  );
}

/** True when the file itself iterates over a call of the function with `async for`. */
export function isIteratedHere(file: FileView, index: number, { name }: FunctionFacts): boolean {
  for (const { consumption, use, start } of sitesOf(file, "iterate")) {
    const { expression, scope, block } = use;
    if (!consumption.isAsync || expression.kind !== "call") continue;
    const { callee } = expression;
    if ((callee.kind !== "name" && callee.kind !== "attribute") || callee.name !== name) continue;
    const value = file.project.evaluate(callee, { file: file.path, scope, block, at: start });
    if (value.kind === "function" && value.reference.file === file.path && value.reference.index === index)
      return true;
  }
  return false;
}
