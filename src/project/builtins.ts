import { FACTS_PREFIX } from "./module-graph.ts";
import { type Project, unitOf } from "./project.ts";
import { type Reference, UNKNOWN, type Value } from "./values.ts";

const BUILTINS = `${FACTS_PREFIX}builtins.pyi`;

/** The class of a builtin type in the library facts. */
function builtinClass(project: Project, name: string): Reference | null {
  const facts = unitOf(project, BUILTINS)?.facts;
  const index = facts?.classes.findIndex((one) => one.name === name) ?? -1;
  return index === -1 ? null : { file: BUILTINS, index };
}

/** An object of a builtin type, such as the value of a literal. */
export function builtinInstance(project: Project, name: string, items: readonly Value[]): Value {
  const reference = builtinClass(project, name);
  if (reference === null) return UNKNOWN;
  return {
    kind: "instance",
    reference,
    items,
    isExact: true,
    isHearsay: false,
    name: `builtins.${name}`,
    hops: [],
  };
}

/** The class `tuple` itself: its parameters are places, not one type for all items. */
export function isBuiltinTuple(project: Project, value: Extract<Value, { kind: "class" }>): boolean {
  const { reference } = value;
  return reference.file === BUILTINS && builtinClass(project, "tuple")?.index === reference.index;
}
