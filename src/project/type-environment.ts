import type { Expression } from "../python/expression.ts";
import type { ClassFacts } from "../python/facts.ts";
import { baseClass } from "./base-class.ts";
import { parseAnnotation } from "./parse-annotation.ts";
import { classOf, keyOf, type Place, type Project, type TypeEnvironment } from "./project.ts";
import type { Reference, Value } from "./values.ts";

/**
 * What the type variables of `target` (a class in the linearization of `reference`) stand for in an object
 * whose class is `reference[items]`.
 */
export function typeEnvironment(
  project: Project,
  reference: Reference,
  items: readonly Value[],
  target: Reference,
): TypeEnvironment {
  const pending: { reference: Reference; types: TypeEnvironment }[] = [
    { reference, types: bindParameters(project, reference, items) },
  ];
  const seen = new Set<string>();
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    if (keyOf(next.reference) === keyOf(target)) return next.types;
    if (seen.has(keyOf(next.reference))) continue;
    seen.add(keyOf(next.reference));
    const facts = classOf(project, next.reference);
    if (facts === null) continue;
    const place: Place = {
      file: next.reference.file,
      scope: facts.parentScope,
      block: 0,
      at: facts.start,
      types: next.types,
    };
    for (const base of facts.bases) {
      const value = baseClass(project, base, place);
      if (value.kind !== "class") continue;
      const types = bindParameters(project, value.reference, value.items);
      pending.push({ reference: value.reference, types });
    }
  }
  return new Map();
}

/** The types of a class's own parameters in an object `reference[items]`. */
function bindParameters(project: Project, reference: Reference, items: readonly Value[]): TypeEnvironment {
  const types = new Map<string, Value>();
  if (items.length === 0) return types;
  for (const [index, name] of typeParameterNames(project, reference).entries()) {
    const item = items[index];
    if (item !== undefined) types.set(name, item);
  }
  return types;
}

/** The names of a class's type parameters: PEP 695, `Generic[...]`, or the variables in its bases in order. */
export function typeParameterNames(project: Project, reference: Reference): readonly string[] {
  const facts = classOf(project, reference);
  if (facts === null) return [];
  const known = project.typeParameters.get(facts);
  if (known !== undefined) return known;
  project.typeParameters.set(facts, []);
  const names = computeNames(project, reference, facts);
  project.typeParameters.set(facts, names);
  return names;
}

function computeNames(project: Project, reference: Reference, facts: ClassFacts): readonly string[] {
  if (facts.typeParameters.length > 0) return facts.typeParameters.map(({ name }) => name);
  const names: string[] = [];
  const place: Place = { file: reference.file, scope: facts.parentScope, block: 0, at: facts.start };
  for (const base of facts.bases) {
    if (base.kind !== "subscript") continue;
    const variables = base.items.flatMap((item) => variablesIn(project, item, place, 0));
    const marker = base.object.kind === "name" || base.object.kind === "attribute" ? base.object.name : "";
    if (marker === "Generic" || marker === "Protocol") return variables;
    for (const name of variables) if (!names.includes(name)) names.push(name);
  }
  return names;
}

/** The type variables an annotation mentions, in order of appearance. */
export function variablesIn(
  project: Project,
  annotation: Expression,
  place: Place,
  depth: number,
): readonly string[] {
  if (depth > 6) return [];
  switch (annotation.kind) {
    case "name": {
      const value = place.types?.get(annotation.name) ?? project.evaluate(annotation, place);
      return value.kind === "type-variable" ? [value.variable] : [];
    }
    case "subscript":
      return [...new Set(annotation.items.flatMap((item) => variablesIn(project, item, place, depth + 1)))];
    case "union":
      return [...new Set(annotation.members.flatMap((one) => variablesIn(project, one, place, depth + 1)))];
    case "literal":
      return annotation.items.flatMap((item) => variablesIn(project, item, place, depth + 1));
    case "string": {
      const parsed = parseAnnotation(annotation.value, annotation.start);
      return parsed === null ? [] : variablesIn(project, parsed, place, depth + 1);
    }
    default:
      return [];
  }
}
