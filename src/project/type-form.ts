import type { Expression } from "../python/expression.ts";
import type { Place, Project } from "./project.ts";
import { variablesIn } from "./type-environment.ts";
import type { Value } from "./values.ts";

const FORMS =
  /^(typing|typing_extensions|collections\.abc)\.(Optional|Union|List|Dict|Set|FrozenSet|Annotated|Callable|Type|Literal|Coroutine|AsyncGenerator|AsyncContextManager|Generator|Tuple|Required|NotRequired)$/;

/** True for special forms of `typing`, whose subscription is a type and no class. */
export function isTypingForm(name: string): boolean {
  return FORMS.test(name);
}

/** A type as a value: `Handler = Callable[[Request], Awaitable[T]]`. Free type variables are its parameters. */
export function typeForm(
  project: Project,
  expression: Expression,
  place: Place,
  parameters: readonly string[] | null,
): Value {
  const names = (): readonly string[] => parameters ?? variablesIn(project, expression, place, 0);
  return {
    kind: "type-form",
    hops: [],
    expression,
    place,
    parameters: names,
    instantiate(items) {
      if (items === null || items.length === 0) return project.evaluateType(expression, place);
      const types = new Map(place.types);
      for (const [index, name] of names().entries()) {
        const item = items[index];
        if (item !== undefined) types.set(name, item);
      }
      return project.evaluateType(expression, { ...place, types });
    },
  };
}
