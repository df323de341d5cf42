import type { Expression } from "../python/expression.ts";
import { DOUBT } from "./doubt.ts";
import type { Place, Project } from "./project.ts";
import { variablesIn } from "./type-environment.ts";
import { type Solution, unify } from "./unify.ts";
import { isAsyncKind, UNKNOWN, type Value, withDoubts } from "./values.ts";

/**
 * A value of the type `Callable[[A, …], R]`. Type variables that are still open are solved by the call:
 * a factory's `-> Callable[[F], F]` is generic in what the returned decorator gets.
 */
export function callableType(project: Project, items: readonly Expression[], place: Place): Value {
  const result = items.at(-1);
  const [parameters] = items;
  if (result === undefined || items.length < 2) return { kind: "callable", hops: [], call: () => UNKNOWN };
  const wanted = parameters?.kind === "literal" ? parameters.items : [];
  return {
    kind: "callable",
    hops: [],
    call(given) {
      if (given === null || wanted.length === 0 || variablesIn(project, result, place, 0).length === 0)
        return project.evaluateType(result, place);
      const solution: Solution = new Map();
      for (const [index, value] of given.positional.entries()) {
        const annotation = wanted[index];
        if (annotation !== undefined) unify(project, annotation, place, value(), solution);
      }
      const types = new Map(place.types);
      for (const [name, value] of solution)
        types.set(name, isAsyncKind(value) ? withDoubts(value, DOUBT["type-variable"]) : value);
      return project.evaluateType(result, { ...place, types });
    },
  };
}
