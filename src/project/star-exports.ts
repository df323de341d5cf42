import type { FileFacts } from "../python/facts.ts";

/**
 * Whether `from module import *` brings a name: those in `__all__`, or without one those that do not start with an
 * underscore. An `__all__` that is computed may hold anything.
 */
export function isStarExported({ scopes }: FileFacts, name: string): "yes" | "no" | "unknown" {
  const bindings = scopes[0]?.bindings.__all__;
  if (bindings === undefined) return name.startsWith("_") ? "no" : "yes";
  const [only] = bindings;
  const value = bindings.length === 1 && only?.target.kind === "value" ? only.target.value : null;
  if (value?.kind !== "literal" || value.items.some((item) => item.kind !== "string")) return "unknown";
  return value.items.some((item) => item.kind === "string" && item.value === name) ? "yes" : "no";
}
