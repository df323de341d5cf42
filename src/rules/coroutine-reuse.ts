import { awaitedAgain } from "./awaited-again.ts";
import { cachedCoroutines } from "./cached-coroutines.ts";
import type { Rule } from "./rule.ts";
import { sharedCoroutines } from "./shared-coroutines.ts";

/** One coroutine object that is awaited more than once: kept in a name, a cache, a default or a global. */
export const coroutineReuse: Rule = {
  name: "coroutine-reuse",
  code: "YS122",
  severity: "error",
  isOnByDefault: true,
  summary: "A coroutine is awaited more than once.",
  family: "other",
  *check(file) {
    yield* awaitedAgain(file);
    yield* cachedCoroutines(file);
    yield* sharedCoroutines(file);
  },
};
