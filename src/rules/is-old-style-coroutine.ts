import type { Consumption } from "../python/facts.ts";
import type { FileView, UseSite } from "./rule.ts";

/**
 * `yield from coroutine()` in a decorated function: `types.coroutine`, the former `asyncio.coroutine` and the
 * decorators of frameworks make it legal.
 */
export function isOldStyleCoroutine(
  file: FileView,
  site: UseSite<Extract<Consumption, { way: "iterate" }>>,
): boolean {
  if (site.consumption.form !== "yield-from") return false;
  const { scopes, functions } = file.unit.facts;
  const owner = scopes[site.use.owner];
  const around = owner?.kind === "function" ? functions[owner.subject] : undefined;
  return around !== undefined && around.decorators.length > 0;
}
