import { qualifiedName } from "../project/qualified-name.ts";
import { collectRepair } from "./collect-repair.ts";
import { asyncIterableNoun, isAsyncIterableOnly } from "./is-async-iterable-only.ts";
import type { Draft, FileView, Rule } from "./rule.ts";
import { quote, sitesOf } from "./sites.ts";

/** `await agen()`, and async generators given to functions that await their argument. */
export const awaitAsyncGenerator: Rule = {
  name: "await-async-generator",
  code: "YS101",
  severity: "error",
  isOnByDefault: true,
  summary: "An async generator is awaited instead of iterated with `async for`.",
  family: "mismatch",
  *check(file) {
    for (const site of sitesOf(file, "await")) {
      if (!isAsyncIterableOnly(site) || site.consumption.parent?.way === "iterate") continue;
      yield {
        span: site.consumption.outer,
        message: {
          problem: `${quote(file, site)} is ${asyncIterableNoun(site)}, which cannot be awaited.`,
          reason: `Python raises \`TypeError: object ${typeName(site.value.kind)} can't be used in 'await' expression\`.`,
          remedy:
            "Iterate over it with `async for`, or collect it with `[x async for x in …]`; for a single value use `await anext(…)`.",
        },
        chain: site.value.hops,
        repair: collectRepair(file, site),
      };
    }
    yield* passedToAwaitingCalls(file);
  },
};

function typeName(kind: string): string {
  return kind === "async-generator" ? "async_generator" : "of this type";
}

const AWAITING_FUNCTIONS = new Set(
  ["run", "create_task", "ensure_future", "gather", "wait_for", "shield", "wait"].map(
    (name) => `asyncio.${name}`,
  ),
);

function* passedToAwaitingCalls(file: FileView): Generator<Draft> {
  for (const site of sitesOf(file, "pass")) {
    if (site.value.kind !== "async-generator" || site.use.expression.kind !== "call") continue;
    const { callee, outer } = site.consumption;
    const place = { file: file.path, scope: site.use.scope, block: site.use.block, at: site.start };
    const name = qualifiedName(file.project, callee, place);
    const target = file.project.evaluate(callee, place);
    const isLoopMethod = target.kind === "function" && target.reference.file.startsWith("facts:asyncio/");
    if (!isLoopMethod && (name === null || !AWAITING_FUNCTIONS.has(name))) continue;
    yield {
      span: { start: site.start, end: site.end },
      message: {
        problem: `${quote(file, site)} is an async generator, but ${quote(file, { start: outer.start, end: callee.end })} needs a coroutine.`,
        reason:
          "Python raises `TypeError` (or `ValueError: a coroutine was expected`) and the generator's body never runs.",
        remedy: "Write a coroutine function that consumes it with `async for`, and pass a call of that.",
      },
      chain: site.value.hops,
      repair: null,
    };
  }
}
