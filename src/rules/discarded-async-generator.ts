import type { Rule, UseSite } from "./rule.ts";
import { quote, sitesOf } from "./sites.ts";

/** An async generator (or async context manager) that is made and thrown away: nothing of it ever runs. */
export const discardedAsyncGenerator: Rule = {
  name: "discarded-async-generator",
  code: "YS118",
  severity: "error",
  isOnByDefault: true,
  summary: "An async generator or async context manager is created and never used.",
  family: "missing-await",
  *check(file) {
    for (const site of sitesOf(file, "discard")) {
      const { kind } = site.value;
      if (kind !== "async-generator" && kind !== "async-context-manager") continue;
      const noun = kind === "async-generator" ? "an async generator" : "an async context manager";
      const { form, name } = site.consumption;
      yield {
        span: { start: site.start, end: site.end },
        message: {
          problem:
            form === "local"
              ? `${quote(file, site)} is ${noun}; it is assigned to \`${name}\`, which nobody reads.`
              : `${quote(file, site)} is ${noun} that nobody uses.`,
          reason: "Its body never starts, and Python warns of nothing.",
          remedy: remedyOf(site),
        },
        chain: site.value.hops,
        repair: null,
      };
    }
  },
};

function remedyOf({ value }: UseSite): string {
  if (value.kind === "async-context-manager") return "Enter it with `async with` in an `async def` function.";
  return "Iterate over it (`async for _ in …: pass`); if it was meant to be awaited, its `yield` has to go.";
}
