import type { Value } from "../project/values.ts";
import type { CallSite } from "../python/facts.ts";
import type { FileView } from "./rule.ts";

/**
 * True when a coroutine function says that awaiting it gives a plain value: by its annotation, or by what its other
 * `return` statements certainly give. Decorated functions may be awaited by what decorates them.
 */
export function givesPlainValues(file: FileView, { owner }: CallSite): boolean {
  const scope = file.unit.facts.scopes[owner];
  const facts = scope?.kind === "function" ? file.unit.facts.functions[scope.subject] : undefined;
  if (facts === undefined || !facts.isAsync || facts.decorators.length > 0) return false;
  const { returnAnnotation } = facts;
  if (returnAnnotation !== null) {
    const place = { file: file.path, scope: facts.parentScope, block: 0, at: facts.start };
    return isPlain(file, file.project.evaluateType(returnAnnotation, place));
  }
  const position = { scope: facts.scope, block: 0 };
  return facts.returns.some((value) => {
    if (value === null || !["literal", "string"].includes(value.kind)) return false;
    const given = file.certainValue(value, { ...position, start: value.start });
    return given.kind !== "none" && isPlain(file, given);
  });
}

function isPlain(file: FileView, value: Value): boolean {
  const isKnown =
    value.kind === "none" || value.kind === "instance" || value.kind === "tuple" || value.kind === "union";
  return isKnown && (value.doubts ?? 0) === 0 && file.project.capabilities(value).awaitable === "no";
}
