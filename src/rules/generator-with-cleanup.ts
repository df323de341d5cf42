import type { Hop } from "../project/hop.ts";
import { overridingClasses } from "../project/overrides.ts";
import { functionOf, isLibrary, unitOf } from "../project/project.ts";
import type { Reference, Value } from "../project/values.ts";
import type { Expression } from "../python/expression.ts";
import type { FunctionFacts } from "../python/facts.ts";
import type { FileView, Position } from "./rule.ts";

/** An async generator function of the repository that cleans up around a `yield`. */
export interface GeneratorWithCleanup {
  readonly facts: FunctionFacts;
  /** Where the `yield` with the clean-up stands. */
  readonly hop: Hop;
}

/** The function whose generator a call gives, if it cleans up and no subclass can put another one in its place. */
export function generatorWithCleanup(
  file: FileView,
  call: Expression & { readonly kind: "call" },
  value: Value,
  position: Position,
): GeneratorWithCleanup | null {
  const definition = value.kind === "async-generator" ? value.definition : null;
  if (definition === null || isLibrary(definition.file)) return null;
  const facts = functionOf(file.project, definition);
  const unit = unitOf(file.project, definition.file);
  const first = facts?.yields.find(({ hasCleanup }) => hasCleanup);
  if (facts === null || unit === null || first === undefined) return null;
  if (mayBeOverridden(file, call, definition, facts, position)) return null;
  const { line } = unit.locate(first);
  const text = `this \`yield\` of \`${facts.name}\` has clean-up around it: a \`finally\` or a \`with\``;
  return { facts, hop: { path: definition.file, line, text } };
}

function mayBeOverridden(
  file: FileView,
  { callee }: Expression & { readonly kind: "call" },
  definition: Reference,
  facts: FunctionFacts,
  position: Position,
): boolean {
  const classes = unitOf(file.project, definition.file)?.facts.classes ?? [];
  const index = classes.findIndex(({ scope }) => scope === facts.parentScope);
  if (index === -1) return false;
  const method = file.certainValue(callee, position);
  const receiver = method.kind === "function" ? method.receiver : null;
  if (receiver?.kind === "instance" && receiver.isExact) return false;
  const overriding = overridingClasses(file.project, { file: definition.file, index }, facts.name);
  return overriding === null || overriding.length > 0;
}
