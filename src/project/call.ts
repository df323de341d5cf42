import { decoratorEffect } from "./decorators.ts";
import { functionResult } from "./function-result.ts";
import { linearize } from "./linearize.ts";
import { classOf, isLibrary, type Project, scopeOf } from "./project.ts";
import {
  type FunctionObject,
  type Reference,
  UNKNOWN,
  unionOf,
  type Value,
  type Wrapping,
  withHops,
} from "./values.ts";

/** What calling a value returns, or unknown. */
export function callValue(project: Project, callee: Value): Value {
  switch (callee.kind) {
    case "function":
      return withHops(wrappedResult(project, callee), callee.hops);
    case "class":
      return construct(project, callee);
    case "instance": {
      const method = project.member(callee, "__call__");
      return method.kind === "function" ? withHops(callValue(project, method), callee.hops) : UNKNOWN;
    }
    case "union":
      return unionOf(callee.members.map((member) => callValue(project, member)));
    case "unknown":
      return callee.name === undefined ? UNKNOWN : { kind: "unknown", name: `${callee.name}()`, hops: [] };
    default:
      return UNKNOWN;
  }
}

function wrappedResult(project: Project, callee: FunctionObject): Value {
  const result = functionResult(project, callee);
  return callee.wrappings.reduce((value, wrapping) => wrap(project, value, wrapping, result), result);
}

function wrap(project: Project, value: Value, wrapping: Wrapping, original: Value): Value {
  const { hops } = value;
  switch (wrapping) {
    case "async-context-manager": {
      if (value.kind === "async-generator")
        return { kind: "async-context-manager", entered: value.element, hops };
      const element = iteratorItem(project, value, "__anext__");
      return element === null ? UNKNOWN : { kind: "async-context-manager", entered: element, hops };
    }
    case "context-manager": {
      if (value.kind === "generator") return { kind: "context-manager", entered: value.element, hops };
      const element = iteratorItem(project, value, "__next__");
      return element === null ? UNKNOWN : { kind: "context-manager", entered: element, hops };
    }
    case "coroutine":
      return { kind: "coroutine", result: original, hops };
    case "sync":
      return value.kind === "coroutine" ? withHops(value.result, hops) : UNKNOWN;
    case "eager-awaitable":
      return { kind: "eager-awaitable", hops };
  }
}

/** The item type of a stub's `-> AsyncIterator[T]`; null when the value has no such method. */
function iteratorItem(project: Project, value: Value, method: string): Value | null {
  if (value.kind !== "instance") return null;
  const next = project.member(value, method);
  if (next.kind !== "function") return null;
  const result = callValue(project, next);
  return result.kind === "coroutine" || method === "__next__" ? (value.items[0] ?? UNKNOWN) : UNKNOWN;
}

const CLASS_DECORATORS =
  /(^|\.)(dataclass|dataclasses\.dataclass|define|frozen|mutable|s|attrs|attr\.s|final|total_ordering|runtime_checkable|unique)$/;

function construct(project: Project, callee: Extract<Value, { kind: "class" }>): Value {
  const { reference, items, hops, name } = callee;
  for (const one of linearize(project, reference)) {
    if (one === null) break;
    if (!isPlainClass(project, one)) return UNKNOWN;
  }
  return { kind: "instance", reference, items, isExact: true, isHearsay: false, name, hops };
}

/** A class whose call certainly makes an instance of it: no `__new__`, no decorator that may replace it. */
function isPlainClass(project: Project, reference: Reference): boolean {
  const facts = classOf(project, reference);
  if (facts === null) return false;
  if (isLibrary(reference.file)) return true;
  if (scopeOf(project, reference.file, facts.scope)?.bindings.__new__ !== undefined) return false;
  return facts.decorators.every((decorator) => {
    const callee = decorator.kind === "call" ? decorator.callee : decorator;
    const last = callee.kind === "name" || callee.kind === "attribute" ? callee.name : "";
    if (CLASS_DECORATORS.test(last)) return true;
    const place = { file: reference.file, scope: facts.parentScope, block: 0, at: facts.start };
    return decoratorEffect(project, decorator, place) === "transparent";
  });
}
