import { capabilitiesOf } from "../project/capabilities.ts";
import type { Consumption } from "../python/facts.ts";
import type { Repair, Step } from "./repair.ts";
import type { FileView, Rule, UseSite } from "./rule.ts";
import { quote, sitesOf } from "./sites.ts";

type EnterSite = UseSite<Extract<Consumption, { way: "enter" }>>;

/** `async with coro():` and `with coro():`. */
export const asyncWithOverCoroutine: Rule = {
  name: "async-with-over-coroutine",
  code: "YS111",
  severity: "error",
  isOnByDefault: true,
  summary: "A coroutine is entered with `async with` (or `with`) instead of being awaited first.",
  family: "mismatch",
  *check(file) {
    for (const site of sitesOf(file, "enter")) {
      const { consumption, value } = site;
      if (value.kind !== "coroutine" || consumption.form !== "with") continue;
      yield {
        span: { start: site.start, end: site.end },
        message: {
          problem: `${quote(file, site)} returns a coroutine, which \`${consumption.isAsync ? "async with" : "with"}\` cannot enter.`,
          reason:
            "Python raises `TypeError: 'coroutine' object does not support the … context manager protocol`, and the coroutine never runs.",
          remedy: "Await the call and enter what it returns: `async with await …` (or `with await …`).",
        },
        chain: value.hops,
        repair: repairOf(file, site),
      };
    }
  },
};

function repairOf(file: FileView, site: EnterSite): Repair | null {
  const { consumption, use, value } = site;
  if (!use.canAwait || value.kind !== "coroutine" || use.expression.kind !== "call") return null;
  const result = capabilitiesOf(file.project, value.result);
  const insert: Step = { kind: "insert-await", call: { start: site.start, end: site.end } };
  const isAsyncOnly = result.asyncContextManager === "yes" && result.contextManager === "no";
  const isSyncOnly = result.contextManager === "yes" && result.asyncContextManager === "no";
  if (!isAsyncOnly && !isSyncOnly) return null;
  if (consumption.isAsync === isAsyncOnly) {
    return { title: "Insert `await`", grade: "A", caution: null, steps: [insert] };
  }
  if (consumption.itemCount > 1) return null;
  const change: Step = { kind: isAsyncOnly ? "async-with" : "sync-with", statement: consumption.outer };
  const title = `Enter the awaited result with \`${isAsyncOnly ? "async with" : "with"}\``;
  return { title, grade: "A", caution: null, steps: [change, insert] };
}
