import type { Project } from "./project.ts";
import { UNKNOWN, unionOf, type Value } from "./values.ts";

/** What `await value` gives. */
export function awaitedResult(project: Project, value: Value): Value {
  switch (value.kind) {
    case "coroutine":
      return value.result;
    case "union":
      return unionOf(value.members.map((member) => awaitedResult(project, member)));
    case "instance": {
      const result = callMember(project, value, "__await__");
      if (result.kind === "generator" && result.returned !== undefined) return result.returned;
      if (result.kind !== "instance" && result.kind !== "generator") return UNKNOWN;
      // Within the stub of `typing` the name `Generator` is a class like any other.
      if (result.kind === "instance" && project.classFacts(result.reference)?.name === "Generator")
        return result.items[2] ?? UNKNOWN;
      // `__await__` returns Generator[yielded, sent, RESULT]; classes over one type variable await to it.
      return value.items.length === 1 ? (value.items[0] ?? UNKNOWN) : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}

/**
 * What `with value as x` (or `async with`) binds. Entered with the wrong keyword, it is what the right one
 * would give: then the rest of the code is judged as it will be after the repair.
 */
export function enteredValue(project: Project, value: Value, isAsync: boolean): Value {
  if (value.kind === "union") {
    return unionOf(value.members.map((member) => enteredValue(project, member, isAsync)));
  }
  if (value.kind === "async-context-manager") return value.entered;
  // An object of a library that is not described: nearly all give themselves, and only the name is kept.
  if (value.kind === "unknown" && !isAsync) return value;
  if (isAsync) {
    if (value.kind === "context-manager") return value.entered;
    return awaitedResult(project, callMember(project, value, "__aenter__"));
  }
  return value.kind === "context-manager" ? value.entered : callMember(project, value, "__enter__");
}

/** What `for x in value` (or `async for`) binds; with the wrong keyword, what the right one would give. */
export function iteratedElement(project: Project, value: Value, isAsync: boolean): Value {
  if (value.kind === "union") {
    return unionOf(value.members.map((member) => iteratedElement(project, member, isAsync)));
  }
  if (value.kind === "async-generator") return value.element;
  if (isAsync) {
    const iterator = callMember(project, value, "__aiter__");
    if (iterator.kind === "async-generator") return iterator.element;
    return awaitedResult(project, callMember(project, iterator, "__anext__"));
  }
  if (value.kind === "generator") return value.element;
  if (value.kind === "tuple") return unionOf(value.items);
  const iterator = callMember(project, value, "__iter__");
  if (iterator.kind === "generator") return iterator.element;
  return callMember(project, iterator, "__next__");
}

function callMember(project: Project, value: Value, name: string): Value {
  if (value.kind !== "instance") return UNKNOWN;
  return project.call(project.member(value, name), null);
}
