import type { CallArguments } from "./call-arguments.ts";
import { construct } from "./construct.ts";
import { DOUBT } from "./doubt.ts";
import { functionResult } from "./function-result.ts";
import { callOverloads } from "./overloads.ts";
import { isLibrary, type Project } from "./project.ts";
import {
  type FunctionObject,
  type Instance,
  UNKNOWN,
  unionOf,
  type Value,
  type Wrapping,
  withDoubts,
  withHops,
} from "./values.ts";

/** What calling a value returns, or unknown. `given` is null where the arguments are not known. */
export function callValue(project: Project, callee: Value, given: CallArguments | null): Value {
  switch (callee.kind) {
    case "function": {
      const result = named(withHops(wrappedResult(project, callee, given), callee.hops), callee);
      return mayDiffer(project, callee) ? withDoubts(result, DOUBT.version) : result;
    }
    case "overloads":
      return withHops(callOverloads(project, callee.members, given), callee.hops);
    case "callable":
      return callee.call(given);
    case "class":
      return withHops(construct(project, callee, given), callee.hops);
    case "instance": {
      const method = project.member(callee, "__call__");
      const isFunction = method.kind === "function" || method.kind === "overloads";
      return isFunction ? named(withHops(callValue(project, method, given), callee.hops), callee) : UNKNOWN;
    }
    case "union":
      return unionOf(callee.members.map((member) => callValue(project, member, given)));
    case "unknown":
      return callee.name === undefined ? UNKNOWN : { kind: "unknown", name: `${callee.name}()`, hops: [] };
    default:
      return UNKNOWN;
  }
}

/** What a library's function gives is known by the function's name where nothing else is said of it. */
function named(result: Value, { reference, name }: FunctionObject | Instance): Value {
  if (result.kind !== "unknown" || result.name !== undefined || name === undefined) return result;
  return isLibrary(reference.file) ? { kind: "unknown", name: `${name}()`, hops: [] } : result;
}

/** The repository may use a version of the library in which the function is of another kind. */
function mayDiffer(project: Project, { name, reference }: FunctionObject & Value): boolean {
  return name !== undefined && isLibrary(reference.file) && project.source.mayDiffer(name);
}

/** A function's result with its wrappings applied. */
export function wrappedResult(project: Project, callee: FunctionObject, given: CallArguments | null): Value {
  const result = functionResult(project, callee, given);
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
  const result = callValue(project, next, null);
  return result.kind === "coroutine" || method === "__next__" ? (value.items[0] ?? UNKNOWN) : UNKNOWN;
}
