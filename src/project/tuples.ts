import { isBuiltinTuple } from "./builtins.ts";
import { linearize } from "./linearize.ts";
import { classOf, type Place, type Project, scopeOf } from "./project.ts";
import { typeEnvironment } from "./type-environment.ts";
import type { Instance, Value } from "./values.ts";

/**
 * What stands in the places of an object that is unpacked by index: the types of `class C(tuple[A, B])`, the
 * fields of a `NamedTuple`. Null for everything that is only iterated.
 */
export function tupleItems(project: Project, value: Instance): readonly Value[] | null {
  for (const reference of linearize(project, value.reference)) {
    const facts = reference === null ? null : classOf(project, reference);
    if (reference === null || facts === null) return null;
    const place: Place = {
      file: reference.file,
      scope: facts.parentScope,
      block: 0,
      at: facts.start,
      types: typeEnvironment(project, value.reference, value.items, reference),
    };
    for (const base of facts.bases) {
      const named = base.kind === "subscript" ? base.object : base;
      if (named.kind === "name" && named.name === "NamedTuple")
        return fieldValues(project, reference.file, facts.scope, place);
      if (base.kind !== "subscript") continue;
      const object = project.evaluate(base.object, place);
      if (object.kind === "class" && isBuiltinTuple(project, object))
        return base.items.map((item) => project.evaluateType(item, place));
    }
  }
  return null;
}

/** Annotated names of a class body, in order. */
function fieldValues(project: Project, file: string, scope: number, place: Place): Value[] {
  const fields: { readonly at: number; readonly value: Value }[] = [];
  for (const bindings of Object.values(scopeOf(project, file, scope)?.bindings ?? {})) {
    const [first] = bindings;
    if (first?.target.kind !== "value" || first.target.annotation === null) continue;
    fields.push({ at: first.at, value: project.evaluateType(first.target.annotation, { ...place, scope }) });
  }
  return fields.sort((a, b) => a.at - b.at).map(({ value }) => value);
}
