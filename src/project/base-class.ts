import type { Expression } from "../python/expression.ts";
import type { Place, Project } from "./project.ts";
import type { Value } from "./values.ts";

/** The class an entry in the list of bases stands for; `Coroutine[…]` is a class here and not a form of type. */
export function baseClass(project: Project, base: Expression, place: Place): Value {
  if (base.kind !== "subscript") return project.evaluate(base, place);
  const object = project.evaluate(base.object, place);
  if (object.kind !== "class") return project.evaluate(base, place);
  return { ...object, items: base.items.map((item) => project.evaluateType(item, place)) };
}
