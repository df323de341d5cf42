import type { Consumption } from "../python/facts.ts";
import type { Repair } from "./repair.ts";
import type { FileView, Rule, UseSite } from "./rule.ts";
import { quote, sitesOf } from "./sites.ts";

type EnterSite = UseSite<Extract<Consumption, { way: "enter" }>>;

/** `with acm():`. */
export const withOverAsyncContextManager: Rule = {
  name: "with-over-async-context-manager",
  code: "YS109",
  severity: "error",
  isOnByDefault: true,
  summary: "An async context manager is entered with a plain `with`.",
  family: "mismatch",
  *check(file) {
    for (const site of sitesOf(file, "enter")) {
      const { asyncContextManager, contextManager } = site.capabilities;
      const { isAsync, form } = site.consumption;
      if (isAsync || asyncContextManager !== "yes" || contextManager !== "no") continue;
      const isStack = form === "enter-context";
      yield {
        span: { start: site.start, end: site.end },
        message: {
          problem: `${quote(file, site)} is an async context manager; ${isStack ? "`enter_context`" : "a plain `with`"} cannot enter it.`,
          reason: isStack
            ? "Python raises `TypeError` when the stack looks for `__enter__`."
            : "Python raises `TypeError: … object does not support the context manager protocol` (before 3.11 an `AttributeError: __enter__`).",
          remedy: isStack
            ? "Use an `AsyncExitStack` and `await stack.enter_async_context(…)`."
            : file.unit.facts.isNotebook && site.use.canAwait
              ? "Use `async with`."
              : "Use `async with` in an `async def` function.",
        },
        chain: site.value.hops,
        repair: isStack ? null : repairOf(file, site),
      };
    }
  },
};

function repairOf(file: FileView, site: EnterSite): Repair | null {
  if (!site.use.canAwait) return null;
  const { outer } = site.consumption;
  const items = [...sitesOf(file, "enter")].filter(
    ({ consumption }) => consumption.form === "with" && consumption.outer.start === outer.start,
  );
  const isAsync = (one: EnterSite): boolean => one.capabilities.asyncContextManager === "yes";
  if (items.every(isAsync)) {
    const steps = [{ kind: "async-with", statement: outer } as const];
    return { title: "Use `async with`", grade: "A", caution: null, steps };
  }
  const asyncItems = items.filter(isAsync).map(({ start, end }) => ({ start, end }));
  return {
    title: "Enter the async context manager in its own `async with`",
    grade: "B",
    caution: "The body moves one level in; the order of entering stays.",
    steps: [{ kind: "nest-with", statement: outer, asyncItems }],
  };
}
