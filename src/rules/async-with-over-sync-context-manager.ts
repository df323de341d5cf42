import { isLibrary, libraryModule } from "../project/project.ts";
import type { Value } from "../project/values.ts";
import type { Repair } from "./repair.ts";
import type { Rule, UseSite } from "./rule.ts";
import { quote, sitesOf } from "./sites.ts";

/** `async with open(path):`. */
export const asyncWithOverSyncContextManager: Rule = {
  name: "async-with-over-sync-context-manager",
  code: "YS110",
  severity: "error",
  isOnByDefault: true,
  summary: "A synchronous context manager is entered with `async with`.",
  family: "mismatch",
  *check(file) {
    for (const site of sitesOf(file, "enter")) {
      const { consumption, capabilities, value } = site;
      if (!consumption.isAsync || consumption.form !== "with") continue;
      if (capabilities.contextManager !== "yes" || capabilities.asyncContextManager !== "no") continue;
      const sort = sortOf(value);
      yield {
        span: { start: site.start, end: site.end },
        message: {
          problem: `${quote(file, site)} is a synchronous context manager; \`async with\` cannot enter it.`,
          reason:
            "Python raises `TypeError: … object does not support the asynchronous context manager protocol` (before 3.11 an `AttributeError: __aenter__`).",
          remedy: REMEDIES[sort],
        },
        chain: value.hops,
        repair: consumption.itemCount === 1 ? repairOf(site, sort) : null,
      };
    }
  },
};

type Sort = "scope" | "lock" | "input-output" | "other";

const REMEDIES: Readonly<Record<Sort, string>> = {
  scope: "Use a plain `with`.",
  lock: "Use the lock of `asyncio` (`asyncio.Lock()`), which waits without blocking the event loop.",
  "input-output":
    "Use an asynchronous library for it, or a plain `with` if blocking the event loop is acceptable.",
  other: "Use a plain `with`.",
};

const LOCKS = /^(threading|_thread|_threading_local|multiprocessing)(\.|$)/;
const SCOPES = /^(contextlib|anyio|trio|asyncio|warnings|decimal)(\.|$)/;

function sortOf(value: Value): Sort {
  if (value.kind !== "instance" || !isLibrary(value.reference.file)) return "other";
  const module = libraryModule(value.reference.file);
  if (LOCKS.test(module)) return "lock";
  return SCOPES.test(module) ? "scope" : "input-output";
}

function repairOf({ consumption }: UseSite, sort: Sort): Repair | null {
  if (sort === "lock" || sort === "input-output" || consumption.way !== "enter") return null;
  return {
    title: "Use a plain `with`",
    grade: sort === "scope" ? "A" : "B",
    caution: sort === "scope" ? null : "Entering and leaving it may block the event loop.",
    steps: [{ kind: "sync-with", statement: consumption.outer }],
  };
}
