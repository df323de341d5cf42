import type { FileView } from "./rule.ts";

/** True when the scope is the body of an `async def`: what stands there runs while an event loop is running. */
export function isInCoroutine({ unit }: FileView, owner: number): boolean {
  const scope = unit.facts.scopes[owner];
  return scope?.kind === "function" && unit.facts.functions[scope.subject]?.isAsync === true;
}
