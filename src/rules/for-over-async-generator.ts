import type { Consumption } from "../python/facts.ts";
import { asyncIterableNoun, isAsyncIterableOnly } from "./is-async-iterable-only.ts";
import { isBuiltinCall } from "./is-builtin-call.ts";
import { isOldStyleCoroutine } from "./is-old-style-coroutine.ts";
import type { Repair } from "./repair.ts";
import type { FileView, Rule, UseSite } from "./rule.ts";
import { quote, sitesOf } from "./sites.ts";

type IterateSite = UseSite<Extract<Consumption, { way: "iterate" }>>;

/** `for x in agen()`, `list(agen())`, `*agen()` and every other synchronous iteration. */
export const forOverAsyncGenerator: Rule = {
  name: "for-over-async-generator",
  code: "YS104",
  severity: "error",
  isOnByDefault: true,
  summary: "An async generator is iterated without `async for`.",
  family: "mismatch",
  *check(file) {
    for (const site of sitesOf(file, "iterate")) {
      if (site.consumption.isAsync || !isAsyncIterableOnly(site) || !isBuiltinCall(file, site)) continue;
      if (isOldStyleCoroutine(file, site)) continue;
      yield {
        span: { start: site.start, end: site.end },
        message: {
          problem: `${quote(file, site)} is ${asyncIterableNoun(site)}, which only \`async for\` can iterate over.`,
          reason: "Python raises `TypeError: 'async_generator' object is not iterable`.",
          remedy: remedyOf(file, site),
        },
        chain: site.value.hops,
        repair: repairOf(file, site),
      };
    }
  },
};

function remedyOf({ unit }: FileView, { consumption, use }: IterateSite): string {
  if (consumption.form === "for" || consumption.form === "clause")
    return unit.facts.isNotebook && use.canAwait
      ? "Use `async for`."
      : "Use `async for` in an `async def` function.";
  return "Collect the values first: `[x async for x in …]`, or take one with `await anext(…)`.";
}

function repairOf(file: FileView, site: IterateSite): Repair | null {
  const { consumption, use, value } = site;
  if (consumption.form === "for" || consumption.form === "clause") {
    if (!consumption.canBeAsync) return null;
    const steps = [{ kind: "async-for", loop: consumption.outer } as const];
    return { title: "Iterate with `async for`", grade: "A", caution: null, steps };
  }
  const callee = consumption.callee?.kind === "name" ? consumption.callee.name : "";
  if (consumption.form !== "builtin" || !use.canAwait || !hasOneArgument(file, site)) return null;
  if (callee === "next") {
    const { start, end } = consumption.callee ?? consumption.outer;
    return {
      title: "Use `await anext(…)`",
      grade: "B",
      caution: "`anext` needs Python 3.10.",
      steps: [
        { kind: "replace", span: { start, end }, text: "anext" },
        { kind: "insert-await", call: consumption.outer },
      ],
    };
  }
  const isEndless = value.kind === "async-generator" && value.isEndless;
  if ((callee !== "list" && callee !== "set") || isEndless) return null;
  return {
    title: "Collect the values with `async for`",
    grade: "B",
    caution: "All values are collected in memory; a generator that never ends would never return.",
    steps: [
      {
        kind: "collect",
        whole: consumption.outer,
        iterable: { start: site.start, end: site.end },
        brackets: callee === "list" ? "[]" : "{}",
      },
    ],
  };
}

/** Only `list(x)` and `next(x)` with nothing but the iterable have a mechanical equivalent. */
function hasOneArgument(file: FileView, { consumption, start, end }: IterateSite): boolean {
  const { text } = file.unit;
  const before = text.slice(consumption.callee?.end ?? consumption.outer.start, start);
  const after = text.slice(end, consumption.outer.end);
  return /^\(\s*$/.test(before) && /^\s*,?\s*\)$/.test(after);
}
