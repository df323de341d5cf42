import { asyncIterableNoun, isAsyncIterableOnly } from "./is-async-iterable-only.ts";
import type { Repair } from "./repair.ts";
import type { Rule } from "./rule.ts";
import { quote, sitesOf } from "./sites.ts";

/** `for x in await agen()` and `async for x in await agen()`. */
export const forOverAwaitedAsyncGenerator: Rule = {
  name: "for-over-awaited-async-generator",
  code: "YS102",
  severity: "error",
  isOnByDefault: true,
  summary: "A loop awaits the async generator that it iterates over.",
  family: "mismatch",
  *check(file) {
    for (const site of sitesOf(file, "await")) {
      const { parent, outer } = site.consumption;
      if (parent?.way !== "iterate" || !isAsyncIterableOnly(site)) continue;
      const repair: Repair = {
        title: parent.isAsync ? "Drop `await`" : "Iterate with `async for`, without `await`",
        grade: "A",
        caution: null,
        steps: [
          { kind: "drop-await", awaited: outer },
          ...(parent.isAsync ? [] : [{ kind: "async-for", loop: parent.outer } as const]),
        ],
      };
      yield {
        span: outer,
        message: {
          problem: `${quote(file, site)} is ${asyncIterableNoun(site)}; awaiting it in the loop's head fails.`,
          reason: "Python raises `TypeError` at the `await`, before the loop starts.",
          remedy: "Write `async for … in` over the call itself, without `await`.",
        },
        chain: site.value.hops,
        repair: parent.isAsync || parent.canBeAsync ? repair : null,
      };
    }
  },
};
