import type { Place } from "../project/project.ts";
import { reachingBindings } from "../project/reaching-bindings.ts";
import type { Expression } from "../python/expression.ts";
import type { FileView } from "./rule.ts";

/** An expression and where it stands. */
export interface Definition {
  readonly expression: Expression;
  readonly place: Place;
}

/** What a name of this file was last set to, where there is exactly one answer; other expressions stand for themselves. */
export function definitionOf(
  { unit, path }: FileView,
  expression: Expression,
  place: Place,
): Definition | null {
  if (expression.kind !== "name") return { expression, place };
  const { scopes, blocks } = unit.facts;
  for (let scope: number | null = place.scope; scope !== null; scope = scopes[scope]?.parent ?? null) {
    const all = scopes[scope]?.bindings[expression.name];
    if (all === undefined) continue;
    const reaching = scope === place.scope ? reachingBindings(blocks, all, place) : all;
    const [only, another] = reaching;
    if (only === undefined || another !== undefined || only.target.kind !== "value") return null;
    const { value } = only.target;
    if (value === null) return null;
    return { expression: value, place: { file: path, scope, block: only.block, at: only.at } };
  }
  return null;
}
