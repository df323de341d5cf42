import { wrapsCoroutines } from "../project/wraps-coroutines.ts";
import type { Consumption } from "../python/facts.ts";
import { insertAwaitRepair } from "./insert-await-repair.ts";
import { isInCoroutine } from "./is-in-coroutine.ts";
import { isRedisCommand } from "./is-redis-command.ts";
import { mayHandBack } from "./may-hand-back.ts";
import type { Repair } from "./repair.ts";
import type { FileView, Rule, UseSite } from "./rule.ts";
import { quote, sitesOf } from "./sites.ts";

type DiscardSite = UseSite<Extract<Consumption, { way: "discard" }>>;

/** A coroutine that is made and thrown away. */
export const missingAwait: Rule = {
  name: "missing-await",
  code: "YS106",
  severity: "error",
  isOnByDefault: true,
  summary: "A coroutine is created and never awaited.",
  family: "missing-await",
  *check(file) {
    for (const site of sitesOf(file, "discard")) {
      if (site.value.kind !== "coroutine") continue;
      if (isMethodCall(site) && !isInCoroutine(file, site.use.owner) && wrapsCoroutines(file.project))
        continue;
      if (mayHandBack(file, site)) continue;
      const { form, name } = site.consumption;
      // What a command does is said better by `unawaited-future`.
      if (form === "statement" && isRedisCommand(file, site)) continue;
      yield {
        span: { start: site.start, end: site.end },
        message: {
          problem:
            form === "local"
              ? `${quote(file, site)} is a coroutine; it is assigned to \`${name}\`, which nobody reads.`
              : `${quote(file, site)} is a coroutine that nobody awaits.`,
          reason: "Its body never runs: Python only warns `coroutine … was never awaited`, if anything.",
          remedy: remedyOf(file, site),
        },
        chain: site.value.hops,
        repair: repairOf(file, site),
      };
    }
  },
};

function isMethodCall({ use }: DiscardSite): boolean {
  return use.expression.kind === "call" && use.expression.callee.kind === "attribute";
}

function remedyOf({ unit }: FileView, { consumption, use }: DiscardSite): string {
  if (consumption.form === "local") {
    return "Await the call, or keep a task (`asyncio.create_task`) if it should run in the background.";
  }
  if (use.canAwait) return "Put `await` in front of the call.";
  if (use.isInGeneratorExpression)
    return "Use a list comprehension in an `async def` function and await the call in it.";
  // In a notebook a loop is running already, so `asyncio.run` would fail.
  if (unit.facts.isNotebook) return "Await it in an `async def` function, and await that in a cell.";
  return "Await it in an `async def` function, or run it with `asyncio.run(…)` from synchronous code.";
}

function repairOf(file: FileView, site: DiscardSite): Repair | null {
  switch (site.consumption.form) {
    case "statement":
      return insertAwaitRepair(file, site, "A");
    case "branch":
    case "display":
      return insertAwaitRepair(file, site, "B", "The call now runs, and its value is still thrown away.");
    case "local":
      return null;
  }
}
