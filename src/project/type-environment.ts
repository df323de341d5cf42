import type { Expression } from "../python/expression.ts";
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
      const value = project.evaluate(base, place);
      if (value.kind !== "class") continue;
      const types = bindParameters(project, value.reference, value.items);
      pending.push({ reference: value.reference, types });
    }
  }
  return new Map();
}

function bindParameters(project: Project, reference: Reference, items: readonly Value[]): TypeEnvironment {
  const types = new Map<string, Value>();
  if (items.length === 0) return types;
  for (const [index, name] of typeParameters(project, reference).entries()) {
    const item = items[index];
    if (item !== undefined) types.set(name, item);
  }
  return types;
}

/** The names of a class's type parameters: PEP 695, `Generic[...]`, or the variables in its bases in order. */
function typeParameters(project: Project, reference: Reference): readonly string[] {
  const facts = classOf(project, reference);
  if (facts === null) return [];
  if (facts.typeParameters.length > 0) return facts.typeParameters;
  const names: string[] = [];
  const place: Place = { file: reference.file, scope: facts.parentScope, block: 0, at: facts.start };
  for (const base of facts.bases) {
    if (base.kind !== "subscript") continue;
    const variables = base.items
      .filter((item) => isTypeVariable(project, item, place))
      .map((item) => (item as { name: string }).name);
    const marker = base.object.kind === "name" || base.object.kind === "attribute" ? base.object.name : "";
    if (marker === "Generic" || marker === "Protocol") return variables;
    for (const name of variables) if (!names.includes(name)) names.push(name);
  }
  return names;
}

/** By the naming convention of type variables (`T`, `_T_co`, `KT`, `AnyStr`), unless the name is a class. */
function isTypeVariable(project: Project, expression: Expression, place: Place): boolean {
  if (expression.kind !== "name") return false;
  const isNamedLikeOne = /^_?([A-Z][A-Z0-9]*|\w*T\d?|AnyStr)(_co|_contra)?$/.test(expression.name);
  return isNamedLikeOne && project.evaluate(expression, place).kind !== "class";
}
