import type { Binding } from "../python/facts.ts";

/** `@x.setter def x` repeats the name of the property without changing what reading it gives. */
export function withoutAccessors(
  bindings: readonly Binding[],
  unit: { readonly facts: { readonly functions: readonly { readonly decorators: readonly unknown[] }[] } },
  name: string,
): readonly Binding[] {
  if (bindings.length === 1) return bindings;
  return bindings.filter(({ target }) => {
    if (target.kind !== "function") return true;
    const decorators = unit.facts.functions[target.index]?.decorators ?? [];
    return !decorators.some((decorator) => isAccessor(decorator, name));
  });
}

function isAccessor(decorator: unknown, name: string): boolean {
  const {
    kind,
    object,
    name: last,
  } = decorator as { kind: string; object?: { name?: string }; name?: string };
  return kind === "attribute" && object?.name === name && (last === "setter" || last === "deleter");
}
