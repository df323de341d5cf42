import { capabilitiesOf } from "../project/capabilities.ts";
import type { Consumption } from "../python/facts.ts";
import type { Repair } from "./repair.ts";
import type { FileView, Rule, UseSite } from "./rule.ts";
import { quote, sitesOf } from "./sites.ts";

type IterateSite = UseSite<Extract<Consumption, { way: "iterate" }>>;

/** `async for x in coro()`. */
export const asyncForOverCoroutine: Rule = {
  name: "async-for-over-coroutine",
  code: "YS103",
  severity: "error",
  isOnByDefault: true,
  summary: "`async for` iterates over a coroutine that has to be awaited first.",
  family: "mismatch",
  *check(file) {
    for (const site of sitesOf(file, "iterate")) {
      const { awaitable, asyncIterable } = site.capabilities;
      if (!site.consumption.isAsync || asyncIterable !== "no" || awaitable !== "yes") continue;
      yield {
        span: { start: site.start, end: site.end },
        message: {
          problem: `${quote(file, site)} returns a coroutine, which \`async for\` cannot iterate over.`,
          reason:
            "Python raises `TypeError: 'async for' requires an object with __aiter__ method, got coroutine`, and the coroutine never runs.",
          remedy:
            "Await the call: `for … in await …` when it returns a plain iterable, `async for … in await …` when it returns an async one.",
        },
        chain: site.value.hops,
        repair: repairOf(file, site),
      };
    }
  },
};

function repairOf(file: FileView, site: IterateSite): Repair | null {
  const { value, consumption, use } = site;
  const isCall = use.expression.kind === "call";
  if (value.kind !== "coroutine" || !isCall || !use.canAwait || !consumption.canBeAsync) return null;
  const result = capabilitiesOf(file.project, value.result);
  const insert = { kind: "insert-await", call: { start: site.start, end: site.end } } as const;
  if (result.asyncIterable === "yes" && result.iterable === "no") {
    return { title: "Insert `await`", grade: "A", caution: null, steps: [insert] };
  }
  if (result.iterable === "yes" && result.asyncIterable === "no") {
    const steps = [{ kind: "sync-for", loop: consumption.outer } as const, insert];
    return { title: "Iterate with `for` over the awaited result", grade: "A", caution: null, steps };
  }
  return null;
}
