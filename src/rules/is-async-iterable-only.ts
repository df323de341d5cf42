import type { UseSite } from "./rule.ts";

/** Async generators and other objects that can be iterated with `async for` and neither awaited nor iterated with `for`. */
export function isAsyncIterableOnly({ value, capabilities }: UseSite): boolean {
  if (value.kind === "async-generator") return true;
  return (
    capabilities.asyncIterable === "yes" && capabilities.awaitable === "no" && capabilities.iterable === "no"
  );
}

/** "an async generator" or "an async iterable". */
export function asyncIterableNoun({ value }: UseSite): string {
  return value.kind === "async-generator" ? "an async generator" : "an async iterable";
}
