import { linearize } from "../project/linearize.ts";
import { classOf, isLibrary, type Place, type Project, scopeOf } from "../project/project.ts";
import type { Reference } from "../project/values.ts";
import type { Expression } from "../python/expression.ts";
import { definitionOf } from "./definition-of.ts";
import type { FileView } from "./rule.ts";

/** Methods of managers and querysets that give another queryset and ask nothing. */
const BUILDERS =
  /^(all|filter|exclude|order_by|annotate|alias|select_related|prefetch_related|values|values_list|distinct|only|defer|reverse|using|none|select_for_update|union|intersection|difference|extra)$/;

/** Links of a chain that are followed. */
const MAX_LINKS = 30;

/**
 * The model whose rows an expression certainly is a manager or a queryset of (`User.objects`,
 * `User.objects.filter(…)`, a name that was set to one); null for everything else. The manager may be of the
 * repository; then it must not define `method` itself.
 */
export function queriedModel(
  file: FileView,
  expression: Expression,
  from: Place,
  method: string,
): Reference | null {
  let current = expression;
  let place = from;
  for (let links = 0; links < MAX_LINKS; links++) {
    if (current.kind === "name") {
      const found = definitionOf(file, current, place);
      if (found === null || found.expression.kind === "name") return null;
      current = found.expression;
      place = found.place;
    } else if (current.kind === "call" && current.callee.kind === "attribute") {
      if (!BUILDERS.test(current.callee.name)) return null;
      current = current.callee.object;
    } else if (current.kind === "attribute") {
      return current.name === "objects" ? modelOf(file.project, current.object, place, method) : null;
    } else return null;
  }
  return null;
}

function modelOf(project: Project, expression: Expression, place: Place, method: string): Reference | null {
  const value = project.evaluate(expression, place);
  if (value.kind !== "class" || (value.doubts ?? 0) !== 0) return null;
  const order = linearize(project, value.reference);
  if (!order.some((one) => one !== null && isOf(project, one, "django/db/models/base.pyi", "Model")))
    return null;
  for (const one of order) {
    if (one === null) return null;
    const own = scopeOf(project, one.file, classOf(project, one)?.scope ?? -1);
    if (own?.bindings.objects !== undefined && !isPlainManager(project, value.reference, method)) return null;
  }
  return value.reference;
}

/** `objects = SomeManager()` where the class comes from Django, or derives from it and leaves the method alone. */
function isPlainManager(project: Project, model: Reference, method: string): boolean {
  const open = { kind: "class", reference: model, items: [], hops: [] } as const;
  const manager = project.member(open, "objects");
  if (manager.kind !== "instance" || (manager.doubts ?? 0) !== 0) return false;
  for (const one of linearize(project, manager.reference)) {
    if (one === null) return false;
    if (isLibrary(one.file)) return true;
    const own = scopeOf(project, one.file, classOf(project, one)?.scope ?? -1);
    if (own === null || own.bindings[method] !== undefined) return false;
  }
  return false;
}

function isOf(project: Project, reference: Reference, file: string, name: string): boolean {
  return reference.file === `facts:${file}` && classOf(project, reference)?.name === name;
}
