import { bindingValue } from "./binding-value.ts";
import { linearize } from "./linearize.ts";
import { classOf, functionOf, keyOf, type Project, scopeOf } from "./project.ts";
import type { Reference, Value } from "./values.ts";

/**
 * False when a loaded subclass of `reference` defines `name` with another kind of callable than `found`:
 * an object annotated with the base (or `self` in it) may then be either.
 */
export function isAgreedByOverrides(
  project: Project,
  reference: Reference,
  name: string,
  found: Value,
): boolean {
  for (const subclass of subclassesOf(project, reference)) {
    const facts = classOf(project, subclass);
    if (facts === null) continue;
    if (facts.selfAttributes[name] !== undefined && found.kind === "function") return false;
    const bindings = scopeOf(project, subclass.file, facts.scope)?.bindings[name] ?? [];
    for (const binding of bindings) {
      const value = bindingValue(project, binding, subclass.file, facts.scope, undefined);
      if (kindOf(project, value) !== kindOf(project, found)) return false;
    }
  }
  return true;
}

function subclassesOf(project: Project, reference: Reference): Reference[] {
  const all: Reference[] = [];
  const pending = [reference];
  const seen = new Set([keyOf(reference)]);
  for (let base = pending.pop(); base !== undefined; base = pending.pop()) {
    const name = classOf(project, base)?.name ?? "";
    for (const candidate of project.subclasses.get(name) ?? []) {
      if (seen.has(keyOf(candidate))) continue;
      const order = linearize(project, candidate);
      const wanted = keyOf(base);
      if (!order.some((one) => one !== null && keyOf(one) === wanted)) continue;
      seen.add(keyOf(candidate));
      all.push(candidate);
      pending.push(candidate);
    }
  }
  return all;
}

/** A coarse kind: what calling (or reading) gives in terms of async-ness. */
function kindOf(project: Project, value: Value): string {
  if (value.kind === "property") return `property ${kindOf(project, value.getter)}`;
  if (value.kind !== "function") return value.kind;
  const facts = functionOf(project, value.reference);
  if (facts === null) return "unknown";
  const result = project.call(value, null);
  const isOpen = result.kind === "unknown" || result.kind === "instance" || result.kind === "none";
  const shape = isOpen ? (facts.isAsync ? "async" : "sync") : result.kind;
  return facts.isStub && facts.isAsync ? "coroutine" : shape;
}
