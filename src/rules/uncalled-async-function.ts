import { isLibrary } from "../project/project.ts";
import type { FunctionObject } from "../project/values.ts";
import type { FunctionFacts } from "../python/facts.ts";
import { namesOf } from "./calls-to.ts";
import type { Repair } from "./repair.ts";
import type { FileView, Rule, UseSite } from "./rule.ts";
import { quote } from "./sites.ts";

/** An asynchronous function itself where what it returns is meant: `asyncio.run(main)`, `await self.load`. */
export const uncalledAsyncFunction: Rule = {
  name: "uncalled-async-function",
  code: "YS117",
  severity: "error",
  isOnByDefault: true,
  summary: "An asynchronous function is used without being called.",
  family: "mismatch",
  *check(file) {
    for (const site of file.sites) {
      const { value, use } = site;
      if (value.kind !== "function") continue;
      const { kind } = use.expression;
      if (kind !== "name" && kind !== "attribute") continue;
      const noun = NOUNS.get(file.project.call(value, null).kind);
      const reason = noun === undefined ? null : reasonOf(file, site);
      if (noun === undefined || reason === null) continue;
      yield {
        span: { start: site.start, end: site.end },
        message: {
          problem: `${quote(file, site)} is ${noun} function that is not called here.`,
          reason,
          remedy: `Call it: \`${use.expression.name}(…)\`.`,
        },
        chain: value.hops,
        repair: repairOf(file, site, value),
      };
    }
  },
};

const NOUNS: ReadonlyMap<string, string> = new Map([
  ["coroutine", "a coroutine"],
  ["async-generator", "an async generator"],
  ["async-context-manager", "an async context manager"],
]);

// `anyio.run`, `trio.run` and `start_soon` take the function itself; `Runner.run` is left alone with them.
const TAKES_COROUTINES: ReadonlyMap<string, string> = new Map([
  ...["asyncio.run"].map((name) => [name, "ValueError: a coroutine was expected, got <function …>"] as const),
  ...[
    "asyncio.create_task",
    "asyncio.TaskGroup.create_task",
    "asyncio.taskgroups.TaskGroup.create_task",
    "asyncio.AbstractEventLoop.create_task",
    "asyncio.events.AbstractEventLoop.create_task",
  ].map((name) => [name, "TypeError: a coroutine was expected, got <function …>"] as const),
  ...[
    "asyncio.ensure_future",
    "asyncio.gather",
    "asyncio.wait_for",
    "asyncio.shield",
    "asyncio.AbstractEventLoop.run_until_complete",
    "asyncio.events.AbstractEventLoop.run_until_complete",
  ].map((name) => [name, "TypeError: An asyncio.Future, a coroutine or an awaitable is required"] as const),
]);

/** What Python does where the function stands; null for places in which a function may be meant. */
function reasonOf(file: FileView, { consumption, use, start }: UseSite): string | null {
  switch (consumption.way) {
    case "await":
      return "Python raises `TypeError: object function can't be used in 'await' expression` (or `method`).";
    case "iterate":
      return consumption.isAsync
        ? "Python raises `TypeError: 'async for' requires an object with __aiter__ method, got function` (or `method`)."
        : null;
    case "enter": {
      const manner = consumption.isAsync ? "asynchronous context manager" : "context manager";
      return `Python raises \`TypeError: 'function' object does not support the ${manner} protocol\`.`;
    }
    case "pass": {
      const { scope, block } = use;
      const names = namesOf(file, consumption.callee, { scope, block, start });
      const error = names.map((name) => TAKES_COROUTINES.get(name)).find((one) => one !== undefined);
      return error === undefined ? null : `Python raises \`${error}\`.`;
    }
    case "discard":
      return null;
  }
}

/** Appends `()` to a function of the repository that needs no argument. */
function repairOf(file: FileView, site: UseSite, value: FunctionObject): Repair | null {
  const { reference } = value;
  const facts = isLibrary(reference.file) ? null : file.project.units.get(reference.file)?.facts;
  const called = facts?.functions[reference.index];
  if (called === undefined || needsArguments(called, value)) return null;
  return {
    title: "Call the function",
    grade: "A",
    caution: null,
    steps: [{ kind: "replace", span: { start: site.end, end: site.end }, text: "()" }],
  };
}

function needsArguments({ parameters, decorators }: FunctionFacts, { receiver }: FunctionObject): boolean {
  const names = decorators.map((one) => (one.kind === "name" || one.kind === "attribute" ? one.name : ""));
  const isBound = receiver !== null && !names.includes("staticmethod");
  const hasSelf = isBound && (receiver.kind !== "class" || names.includes("classmethod"));
  return parameters
    .filter(({ kind }) => kind === "positional" || kind === "keyword")
    .slice(hasSelf ? 1 : 0)
    .some((one) => one.default === null);
}
