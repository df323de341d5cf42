import { linearize } from "../project/linearize.ts";
import { classOf, functionOf, isLibrary } from "../project/project.ts";
import { qualifiedName } from "../project/qualified-name.ts";
import type { Value } from "../project/values.ts";
import type { Expression } from "../python/expression.ts";
import type { CallSite } from "../python/facts.ts";
import { contains } from "../python/location.ts";
import { CALLBACK_SINKS, type CallbackSink, type Fate } from "./callback-sinks.ts";
import { callsNamed, namesOf } from "./calls-to.ts";
import { mayBeAwaitedLater } from "./may-be-awaited-later.ts";
import type { Repair } from "./repair.ts";
import type { Draft, FileView, Rule } from "./rule.ts";
import { quote } from "./sites.ts";

/** An asynchronous function given to something that calls it and does not await what comes back. */
export const asyncFunctionAsSyncCallback: Rule = {
  name: "async-function-as-sync-callback",
  code: "YS123",
  severity: "error",
  isOnByDefault: true,
  summary: "An asynchronous function is passed as a callback that is called without being awaited.",
  family: "other",
  *check(file) {
    for (const [last, sinks] of SINKS_BY_LAST_NAME) {
      for (const call of callsNamed(file, last)) {
        const draft = checkCall(file, call, sinks);
        if (draft !== null) yield draft;
      }
    }
    yield* registered(file);
  },
};

type NamedSink = readonly [string, CallbackSink];

const SINKS_BY_LAST_NAME: ReadonlyMap<string, readonly NamedSink[]> = byLastName();

function byLastName(): Map<string, NamedSink[]> {
  const all = new Map<string, NamedSink[]>();
  for (const entry of CALLBACK_SINKS) {
    const last = entry[0].slice(entry[0].lastIndexOf(".") + 1);
    all.set(last, [...(all.get(last) ?? []), entry]);
  }
  return all;
}

function checkCall(file: FileView, call: CallSite, sinks: readonly NamedSink[]): Draft | null {
  const { callee } = call.expression;
  const possible = sinks.filter(([name]) => callee.kind === "name" || !isPlainBuiltin(name));
  for (const { position, keyword } of distinct(possible)) {
    const callback = argumentOf(call, position, keyword);
    if (callback === null || !mayBeFunction(callback)) continue;
    const returned = resultOf(file, call, callback);
    if (returned === null) continue;
    const names = namesOf(file, callee, call);
    const sink = possible.find(([name, one]) => names.includes(name) && one.position === position)?.[1];
    if (sink === undefined || isAllowed(file, call, callback, sink, names)) return null;
    return draftOf(file, call, callback, returned, sink);
  }
  return null;
}

/** `filter` of the builtins is called by its bare name; `query.filter` is something else. */
function isPlainBuiltin(name: string): boolean {
  return /^builtins\.\w+$/.test(name);
}

/** One of each place a callback may stand in. */
function distinct(sinks: readonly NamedSink[]): CallbackSink[] {
  const places = new Map(sinks.map(([, sink]) => [`${sink.position} ${sink.keyword}`, sink] as const));
  return [...places.values()];
}

function argumentOf({ expression }: CallSite, position: number, keyword: string | null): Expression | null {
  const named = expression.arguments.find(({ name }) => name !== null && name === keyword);
  if (named !== undefined) return named.value;
  const positional = expression.arguments.slice(0, position + 1);
  const isPlain = positional.every(({ name, splat }) => name === null && !splat);
  return position >= 0 && isPlain ? (positional[position]?.value ?? null) : null;
}

function mayBeFunction({ kind }: Expression): boolean {
  return kind === "name" || kind === "attribute" || kind === "lambda" || kind === "call";
}

/** What calling the callback gives, where that is certainly a coroutine or an async generator. */
function resultOf(file: FileView, call: CallSite, callback: Expression): Value | null {
  if (callback.kind === "call") {
    const place = { file: file.path, scope: call.scope, block: call.block, at: call.start };
    if (qualifiedName(file.project, callback.callee, place) !== "functools.partial") return null;
  }
  const value = file.certainValue(callback, call);
  const isFunction = isAsyncFunction(file, value) || (value.kind === "callable" && callback.kind !== "name");
  if (!isFunction || (value.kind === "callable" && callback.kind === "attribute")) return null;
  const result = file.project.call(value, null);
  const isAsync = result.kind === "coroutine" || result.kind === "async-generator";
  return isAsync && (result.doubts ?? 0) === 0 ? result : null;
}

/** An `async def`, or what a decorator makes one of; a `def` that hands out a coroutine may do more than that. */
function isAsyncFunction({ project }: FileView, value: Value): boolean {
  if (value.kind !== "function") return false;
  return functionOf(project, value.reference)?.isAsync === true || value.wrappings.includes("coroutine");
}

function isAllowed(
  file: FileView,
  call: CallSite,
  callback: Expression,
  sink: CallbackSink,
  names: readonly string[],
): boolean {
  if (names.includes("builtins.iter") && call.expression.arguments.length !== 2) return true;
  if (names.some((name) => name.endsWith(".addCleanup")) && mayAwaitCleanups(file, call)) return true;
  if (sink.fate === "folded" && awaitsFirstArgument(file, call, callback)) return true;
  const isKept = sink.fate !== "dropped" && sink.fate !== "tested" && sink.fate !== "text";
  return isKept && mayBeAwaitedLater(file, call, sink.fate);
}

/** `IsolatedAsyncioTestCase` awaits what a cleanup function returns; an unknown base class may do so as well. */
function mayAwaitCleanups(file: FileView, { expression, ...position }: CallSite): boolean {
  if (expression.callee.kind !== "attribute") return true;
  const receiver = file.certainValue(expression.callee.object, position);
  if (receiver.kind !== "instance") return true;
  return linearize(file.project, receiver.reference).some((one) => {
    if (one === null) return true;
    return isLibrary(one.file) && classOf(file.project, one)?.name !== "TestCase";
  });
}

/** A function for `reduce` that awaits what it gave before: then the result is one coroutine to be awaited. */
function awaitsFirstArgument(file: FileView, call: CallSite, callback: Expression): boolean {
  const value = file.certainValue(callback, call);
  if (value.kind !== "function") return true;
  const unit = file.project.units.get(value.reference.file);
  const facts = unit?.facts.functions[value.reference.index];
  const skipped = value.receiver === null ? 0 : 1;
  const first = facts?.parameters[skipped]?.name;
  if (unit == null || facts === undefined || first === undefined) return true;
  return new RegExp(`\\bawait\\s+${first}\\b`).test(unit.text.slice(facts.start, facts.end));
}

/** `@atexit.register` above an `async def`. */
function* registered(file: FileView): Generator<Draft> {
  const { functions, brokenRegions } = file.unit.facts;
  if (!file.unit.text.includes("atexit")) return;
  for (const { isAsync, decorators, parentScope, start, name } of functions) {
    if (!isAsync || brokenRegions.some((region) => contains(region, { start, end: start + 1 }))) continue;
    for (const decorator of decorators) {
      const place = { file: file.path, scope: parentScope, block: 0, at: start };
      if (qualifiedName(file.project, decorator, place) !== "atexit.register") continue;
      yield {
        span: { start: decorator.start, end: decorator.end },
        message: {
          problem: `\`@${file.unit.text.slice(decorator.start, decorator.end)}\` registers the asynchronous function \`${name}\`.`,
          reason: REASONS.dropped,
          remedy: "Register a plain function, for instance one that calls `asyncio.run(…)`.",
        },
        chain: [],
        repair: null,
      };
    }
  }
}

const REASONS: Readonly<Record<Fate, string>> = {
  dropped:
    "It is called and the coroutine is dropped: the body never runs, and Python only warns `coroutine … was never awaited`.",
  tested:
    "It is called and the coroutine is only tested for truth, which is always true; the body never runs.",
  compared:
    "It is called and the coroutines are compared: the body never runs, and comparing raises `TypeError` (`groupby` finds them all different).",
  result: "It is called and gives a coroutine that nobody awaits: the body never runs.",
  items: "It is called for each item and gives coroutines that nobody awaits: the body never runs.",
  folded: "It is called and its coroutine is the argument of the next call; nobody awaits it.",
  text: "It is called and gives a coroutine: Python raises `TypeError`, because a string is expected.",
  default: "A missing item becomes a coroutine, which can be awaited only once.",
};

const REMEDIES: Readonly<Record<Fate, string>> = {
  dropped:
    "Pass a plain function, for instance one that keeps a task made with `asyncio.create_task(…)`, or runs it with `asyncio.run(…)`.",
  tested: "Use a comprehension that awaits: `[x for x in items if await check(x)]`.",
  compared: "Compute the keys first, with `await`, and sort by them.",
  result: "Await the function itself; it needs no thread.",
  items: "Use a comprehension that awaits, or `await asyncio.gather(…)`.",
  folded: "Write a loop that awaits each step.",
  text: "Compute the replacements first, with `await`.",
  default: "Await the value where it is needed, and store the result.",
};

function draftOf(
  file: FileView,
  call: CallSite,
  callback: Expression,
  returned: Value,
  sink: CallbackSink,
): Draft {
  const { fate } = sink;
  const thing = returned.kind === "coroutine" ? "a coroutine" : "an async generator";
  const callee = { start: call.start, end: call.expression.callee.end };
  // Of a lambda the call that it makes: another rule may speak of the same expression.
  const wrong = callback.kind === "lambda" ? callback.body : callback;
  const isDiscarding = fate === "dropped" || fate === "tested";
  return {
    span: { start: wrong.start, end: wrong.end },
    message: {
      problem: `${quote(file, callee)} gets ${quote(file, callback)}, a function that gives ${thing}.`,
      reason:
        returned.kind === "coroutine"
          ? REASONS[fate]
          : REASONS[fate]
              .replace(
                " and Python only warns `coroutine … was never awaited`",
                " and Python does not even warn",
              )
              .replaceAll("coroutine", "async generator"),
      remedy: REMEDIES[fate],
    },
    chain: returned.hops,
    repair: returned.kind === "coroutine" ? repairOf(file, call, callback, fate) : null,
    ...(isDiscarding ? {} : { severity: "warning" as const }),
  };
}

/** `await asyncio.to_thread(f, a)` → `await f(a)`; `stack.callback(f)` of an `AsyncExitStack` → `push_async_callback`. */
function repairOf(file: FileView, call: CallSite, callback: Expression, fate: Fate): Repair | null {
  if (callback.kind !== "name" && callback.kind !== "attribute") return null;
  const { callee } = call.expression;
  const names = namesOf(file, callee, call);
  const [first, second] = call.expression.arguments;
  if (names.includes("asyncio.to_thread") && call.position === "awaited" && first?.value === callback) {
    const { text } = file.unit;
    const rest = second === undefined ? null : /^\s*,\s*/.exec(text.slice(callback.end, call.end));
    if (first.name !== null || (second !== undefined && rest === null)) return null;
    const end = rest === null ? call.end : callback.end + rest[0].length;
    return {
      title: "Await the function itself",
      grade: "A",
      caution: null,
      steps: [
        { kind: "replace", span: { start: call.start, end: callback.start }, text: "" },
        { kind: "replace", span: { start: callback.end, end }, text: rest === null ? "()" : "(" },
      ],
    };
  }
  if (fate !== "dropped" || callee.kind !== "attribute" || callee.name !== "callback") return null;
  const stack = file.certainValue(callee.object, call);
  if (stack.kind !== "instance" || file.project.classFacts(stack.reference)?.name !== "AsyncExitStack")
    return null;
  return {
    title: "Use `push_async_callback`",
    grade: "A",
    caution: null,
    steps: [
      {
        kind: "replace",
        span: { start: callee.end - "callback".length, end: callee.end },
        text: "push_async_callback",
      },
    ],
  };
}
