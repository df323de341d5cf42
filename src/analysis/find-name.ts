import { type Place, type Project, scopeOf } from "../project/project.ts";
import type { Binding, ScopeFacts } from "../python/facts.ts";

/** A name's bindings and the scope that holds them. */
export interface FoundName {
  readonly scope: ScopeFacts;
  readonly index: number;
  readonly bindings: readonly Binding[];
}

/** The scope in which Python finds a name used at a place; null for builtins and star imports. */
export function findName(project: Project, name: string, place: Place): FoundName | null {
  let isOwn = true;
  for (let index: number | null = place.scope; index !== null; ) {
    const scope: ScopeFacts | null = scopeOf(project, place.file, index);
    if (scope === null) return null;
    const bindings = scope.bindings[name];
    const isVisible = scope.kind !== "class" || isOwn;
    if (bindings !== undefined && isVisible && !scope.outerNames.includes(name))
      return { scope, index, bindings };
    if (scope.kind !== "comprehension") isOwn = false;
    index = scope.parent;
  }
  return null;
}

/** The binding that most likely holds at a place: the last before it, else the first. */
export function nearestBinding(bindings: readonly Binding[], at: number): Binding | undefined {
  return bindings.filter((one) => one.at < at).at(-1) ?? bindings[0];
}
