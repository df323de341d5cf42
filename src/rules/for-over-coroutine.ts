import { insertAwaitRepair } from "./insert-await-repair.ts";
import { isBuiltinCall } from "./is-builtin-call.ts";
import { isOldStyleCoroutine } from "./is-old-style-coroutine.ts";
import type { Rule } from "./rule.ts";
import { quote, sitesOf } from "./sites.ts";

/** `for x in coro()`, `a, b = coro()`, `list(coro())`. */
export const forOverCoroutine: Rule = {
  name: "for-over-coroutine",
  code: "YS105",
  severity: "error",
  isOnByDefault: true,
  summary: "A coroutine is iterated or unpacked instead of awaited.",
  family: "mismatch",
  *check(file) {
    for (const site of sitesOf(file, "iterate")) {
      const { consumption, value, use } = site;
      if (consumption.isAsync || value.kind !== "coroutine" || !isBuiltinCall(file, site)) continue;
      if (isOldStyleCoroutine(file, site)) continue;
      const isUnpacking = consumption.form === "unpack";
      yield {
        span: { start: site.start, end: site.end },
        message: {
          problem: `${quote(file, site)} is a coroutine that nobody awaits; it cannot be ${isUnpacking ? "unpacked" : "iterated over"}.`,
          reason: isUnpacking
            ? "Python raises `TypeError: cannot unpack non-iterable coroutine object`, and the coroutine never runs."
            : "Python raises `TypeError: 'coroutine' object is not iterable`, and the coroutine never runs.",
          remedy: use.canAwait ? "Await the call first." : "Await the call in an `async def` function first.",
        },
        chain: value.hops,
        repair: use.expression.kind === "call" ? insertAwaitRepair(file, site, "A") : null,
      };
    }
  },
};
