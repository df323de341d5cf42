import { bindingValue } from "../project/binding-value.ts";
import { functionOf, type Project, scopeOf } from "../project/project.ts";
import { signaturePlace } from "../project/type-parameters.ts";
import type { FunctionObject, Value } from "../project/values.ts";

/** What calling a function gives: something to await, to iterate, to enter, or a plain value. */
export type Shape = "coroutine" | "async-generator" | "async-context-manager" | "plain";

/** A function as a class or a module defines it, with what calling it gives. */
export interface ShapedFunction {
  readonly value: FunctionObject & Value;
  readonly shape: Shape;
}

/** The one function that a scope binds to a name; null for properties, several bindings and what is not certain. */
export function shapedFunction(
  project: Project,
  file: string,
  scope: number,
  name: string,
): ShapedFunction | null {
  const bindings = scopeOf(project, file, scope)?.bindings[name];
  const [only] = bindings ?? [];
  if (only === undefined || bindings?.length !== 1 || only.target.kind !== "function") return null;
  const value = bindingValue(project, only, file, scope, undefined);
  if (value.kind !== "function" || (value.doubts ?? 0) !== 0) return null;
  const shape = shapeOf(project, value);
  return shape === null ? null : { value, shape };
}

/** What calling a function certainly gives; null where it may be several things. */
export function shapeOf(project: Project, value: FunctionObject & Value): Shape | null {
  const result = project.call(value, null);
  if ((result.doubts ?? 0) !== 0) return null;
  switch (result.kind) {
    case "coroutine":
    case "async-generator":
    case "async-context-manager":
      return result.kind;
    default:
      return isPlain(project, declaredResult(project, value, result)) ? "plain" : null;
  }
}

/** Of a declaration without a body the annotation says what it gives. */
function declaredResult(project: Project, value: FunctionObject, result: Value): Value {
  if (result.kind !== "instance" || !result.isHearsay) return result;
  const facts = functionOf(project, value.reference);
  const place = signaturePlace(project, value.reference, undefined);
  if (facts === null || !facts.isStub || facts.returnAnnotation === null || place === null) return result;
  return project.evaluateType(facts.returnAnnotation, place);
}

function isPlain(project: Project, result: Value): boolean {
  const { awaitable, asyncIterable, asyncContextManager } = project.capabilities(result);
  return awaitable === "no" && asyncIterable === "no" && asyncContextManager === "no";
}
