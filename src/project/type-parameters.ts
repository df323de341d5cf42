import type { ScopeFacts, TypeParameter } from "../python/facts.ts";
import { classOf, functionOf, type Place, type Project, type TypeEnvironment } from "./project.ts";
import { type Reference, UNKNOWN, type Value } from "./values.ts";

/** The type parameter (PEP 695) of this name that the function or class of a scope declares, or null. */
export function typeParameterValue(
  project: Project,
  file: string,
  scope: ScopeFacts,
  name: string,
): Value | null {
  const subject = { file, index: scope.subject };
  const definition =
    scope.kind === "function"
      ? functionOf(project, subject)
      : scope.kind === "class"
        ? classOf(project, subject)
        : null;
  const parameter = definition?.typeParameters.find((one) => one.name === name);
  if (definition == null || parameter === undefined) return null;
  const place: Place = { file, scope: definition.parentScope, block: 0, at: definition.start };
  return variable(project, parameter, place);
}

function variable(project: Project, { name, bound }: TypeParameter, place: Place): Value {
  return {
    kind: "type-variable",
    variable: name,
    hops: [],
    bound: () => (bound === null ? UNKNOWN : project.evaluateType(bound, place)),
  };
}

/**
 * Where the annotations of a function's signature are evaluated: outside its body, but with its own type
 * parameters in sight. `types` says what type variables stand for.
 */
export function signaturePlace(
  project: Project,
  reference: Reference,
  types: TypeEnvironment | undefined,
): Place | null {
  const facts = functionOf(project, reference);
  if (facts === null) return null;
  const place: Place = {
    file: reference.file,
    scope: facts.parentScope,
    block: 0,
    at: facts.start,
    types,
  };
  if (facts.typeParameters.length === 0) return place;
  const all = new Map(types);
  for (const parameter of facts.typeParameters)
    if (!all.has(parameter.name)) all.set(parameter.name, variable(project, parameter, place));
  return { ...place, types: all };
}
