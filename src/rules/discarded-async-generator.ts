import { functionOf } from "../project/project.ts";
import type { FileView, Rule, UseSite } from "./rule.ts";
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
      if (!callsAsyncFunction(file, site)) continue;
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

/** A plain function that gives an async generator has run when it returns: calling it may be all that is wanted. */
function callsAsyncFunction(file: FileView, { use }: UseSite): boolean {
  if (use.expression.kind !== "call") return false;
  const callee = file.certainValue(use.expression.callee, use);
  const functions = callee.kind === "overloads" ? callee.members : [callee];
  return functions.every(
    (one) => one.kind === "function" && functionOf(file.project, one.reference)?.isAsync === true,
  );
}

function remedyOf({ value }: UseSite): string {
  if (value.kind === "async-context-manager") return "Enter it with `async with` in an `async def` function.";
  return "Iterate over it (`async for _ in …: pass`); if it was meant to be awaited, its `yield` has to go.";
}
