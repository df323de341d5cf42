import type { Expression } from "../python/expression.ts";
import type { CallSite } from "../python/facts.ts";
import type { Span } from "../python/location.ts";
import { callsTo } from "./calls-to.ts";
import { listedLocal } from "./listed-local.ts";
import type { Repair } from "./repair.ts";
import type { Draft, FileView } from "./rule.ts";
import { quote } from "./sites.ts";

const NAMES: ReadonlySet<string> = new Set([
  "asyncio.gather",
  "asyncio.wait",
  "asyncio.wait_for",
  "asyncio.as_completed",
]);

type Group = Expression & { readonly kind: "literal" | "comprehension" };

/** One list where `gather` and `wait_for` want awaitables; coroutines where `wait` wants tasks, and no list at all. */
export function* groupedArguments(file: FileView): Generator<Draft> {
  for (const { call, name } of callsTo(file, NAMES)) {
    const positional = call.expression.arguments.filter((one) => one.name === null);
    const [first] = positional;
    if (first === undefined || first.splat) continue;
    const { value } = first;
    const group = groupOf(file, call, value);
    if (name === "asyncio.gather" || name === "asyncio.wait_for") {
      if (group === null || (name === "asyncio.gather" && positional.length > 1)) continue;
      yield groupDraft(file, call, name, value, group);
    } else if (group === null) {
      if (value.kind !== "call" || file.certainValue(value, call).kind !== "coroutine") continue;
      yield singleDraft(file, call, name, value);
    } else if (name === "asyncio.wait") {
      const coroutine = coroutineIn(file, call, group);
      if (coroutine !== null) yield waitDraft(file, call, value, group, coroutine);
    }
  }
}

/** The display or comprehension that is passed, written there or kept in a local that holds nothing else. */
function groupOf(file: FileView, call: CallSite, value: Expression): Group | null {
  const written = value.kind === "name" ? listedLocal(file, call, value.name) : value;
  if (written?.kind === "comprehension") return written;
  if (written?.kind !== "literal") return null;
  return ["list", "tuple", "set"].includes(written.type) ? written : null;
}

function groupDraft(file: FileView, call: CallSite, name: string, value: Expression, group: Group): Draft {
  const isGather = name === "asyncio.gather";
  return {
    span: spanOf(value),
    message: {
      problem: `${quote(file, value)} is ${nounOf(group)}; \`${name}\` takes ${isGather ? "the awaitables themselves" : "one awaitable"}.`,
      reason: reasonOf(group, isGather),
      remedy: isGather
        ? "Put `*` in front of it, so that its items become the arguments."
        : "Wait for its items together: `asyncio.wait_for(asyncio.gather(*…), …)`.",
    },
    chain: file.certainValue(call.expression.callee, call).hops,
    repair: isGather ? starRepair(call, value) : null,
  };
}

function nounOf({ type }: Group): string {
  return type === "generator" ? "a generator" : `a ${type}`;
}

function reasonOf({ type }: Group, isGather: boolean): string {
  if (isGather && (type === "list" || type === "set"))
    return `Python raises \`TypeError: unhashable type: '${type}'\`.`;
  if (type === "generator")
    return "A generator is no awaitable: depending on its version Python raises `TypeError` or `RuntimeError: Task got bad yield`.";
  return "Python raises `TypeError: An asyncio.Future, a coroutine or an awaitable is required`.";
}

/** A generator expression that is the only argument shares the parentheses of the call. */
function starRepair(call: CallSite, value: Expression): Repair {
  const { start, end } = value;
  const isShared = start === call.expression.callee.end;
  return {
    title: "Unpack it with `*`",
    grade: "A",
    caution: null,
    steps: isShared
      ? [
          { kind: "replace", span: { start, end: start }, text: "(*" },
          { kind: "replace", span: { start: end, end }, text: ")" },
        ]
      : [{ kind: "replace", span: { start, end: start }, text: "*" }],
  };
}

function singleDraft(file: FileView, call: CallSite, name: string, value: Expression): Draft {
  return {
    span: spanOf(value),
    message: {
      problem: `${quote(file, value)} is a single coroutine; \`${name}\` takes a collection of tasks.`,
      reason:
        name === "asyncio.wait"
          ? "Python raises `TypeError: expect a list of futures, not coroutine`."
          : "Python raises `TypeError: expect an iterable of futures, not coroutine`.",
      remedy: "Await the coroutine itself, with `asyncio.wait_for` if it needs a time limit.",
    },
    chain: file.certainValue(value, call).hops,
    repair: null,
  };
}

/** An element that is certainly a coroutine. */
function coroutineIn(file: FileView, call: CallSite, group: Group): Expression | null {
  if (group.kind === "comprehension") {
    const scope = file.unit.facts.scopes.findIndex(
      ({ kind, start, end }) => kind === "comprehension" && start === group.start && end === group.end,
    );
    const { element } = group;
    if (scope === -1) return null;
    const isCoroutine =
      element.kind === "call" &&
      file.certainValue(element, { scope, block: call.block, start: element.start }).kind === "coroutine";
    return isCoroutine ? element : null;
  }
  const isCoroutine = (item: Expression): boolean =>
    item.kind === "call" &&
    file.certainValue(item, { scope: call.scope, block: call.block, start: item.start }).kind === "coroutine";
  return group.items.find(isCoroutine) ?? null;
}

function waitDraft(
  file: FileView,
  call: CallSite,
  value: Expression,
  group: Group,
  coroutine: Expression,
): Draft {
  return {
    span: spanOf(value),
    message: {
      problem: `${quote(file, coroutine)} is a coroutine; \`asyncio.wait\` takes tasks.`,
      reason:
        "From Python 3.11 on it raises `TypeError: Passing coroutines is forbidden, use tasks explicitly.`",
      remedy: "Start each one with `asyncio.create_task(…)` first.",
    },
    chain: file.certainValue(coroutine, { ...call, start: coroutine.start }).hops,
    repair: value === group ? taskRepair(file, call, group) : null,
  };
}

/** `[a(), b()]` → `[asyncio.create_task(a()), asyncio.create_task(b())]`, named as the file names `wait`. */
function taskRepair(file: FileView, call: CallSite, group: Group): Repair | null {
  const { callee } = call.expression;
  if (group.kind !== "literal" || group.items.length === 0 || callee.kind !== "attribute" || !call.canAwait)
    return null;
  const isCoroutine = (item: Expression): boolean =>
    item.kind === "call" && file.certainValue(item, { ...call, start: item.start }).kind === "coroutine";
  if (!group.items.every(isCoroutine)) return null;
  const module = file.unit.text.slice(callee.object.start, callee.object.end);
  return {
    title: "Start a task for each",
    grade: "B",
    caution:
      "Before Python 3.11 the tasks were started by `asyncio.wait` itself; what it returns are then these tasks.",
    steps: group.items.flatMap(({ start, end }) => [
      { kind: "replace" as const, span: { start, end: start }, text: `${module}.create_task(` },
      { kind: "replace" as const, span: { start: end, end }, text: ")" },
    ]),
  };
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}
