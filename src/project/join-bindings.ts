import type { Binding } from "../python/facts.ts";
import type { SourceUnit } from "./project.ts";
import { type FunctionObject, unionOf, type Value } from "./values.ts";

/** What a name with these bindings is: the functions under `@overload` stay apart, everything else is a union. */
export function joinBindings(
  unit: SourceUnit,
  bindings: readonly Binding[],
  valueFor: (binding: Binding) => Value,
): Value {
  const [only] = bindings;
  if (bindings.length === 1 && only !== undefined) return valueFor(only);
  if (bindings.every(({ target }) => target.kind === "from-import" || target.kind === "import")) {
    // `try: from a import x` / `except ImportError: from b import x`: two homes of one thing.
    const values = bindings.map(valueFor);
    const known = values.filter(({ kind }) => kind !== "unknown");
    return unionOf(known.length > 0 ? known : values);
  }
  const overloaded = bindings.filter((binding) => isOverload(unit, binding));
  if (overloaded.length === 0) return unionOf(bindings.map(valueFor));
  const implementation = bindings.at(-1);
  if (implementation !== undefined && !overloaded.includes(implementation)) {
    const made = valueFor(implementation);
    // A decorator on the implementation decides what the overloads only describe.
    if (made.kind !== "function" && made.kind !== "property") return made;
  }
  const members = overloaded.map(valueFor);
  const functions = members.filter((member): member is FunctionObject & Value => member.kind === "function");
  if (functions.length === members.length) return { kind: "overloads", members: functions, hops: [] };
  return unionOf(members);
}

/** A function under `@overload`. */
export function isOverload(unit: SourceUnit, { target }: Binding): boolean {
  if (target.kind !== "function") return false;
  const decorators = unit.facts.functions[target.index]?.decorators ?? [];
  return decorators.some((decorator) => {
    return (decorator.kind === "name" || decorator.kind === "attribute") && decorator.name === "overload";
  });
}
