import { isLibrary, libraryModule } from "../project/project.ts";
import type { Value } from "../project/values.ts";
import type { Expression } from "../python/expression.ts";
import type { CallSite } from "../python/facts.ts";
import { callsTo } from "./calls-to.ts";
import type { Repair } from "./repair.ts";
import type { Draft, FileView } from "./rule.ts";
import { quote } from "./sites.ts";

/** Where a function wants the callable, and what it does with it. */
interface Slot {
  readonly position: number;
  readonly keyword?: string;
  /** It takes an asynchronous function; otherwise a plain one. */
  readonly isAsync: boolean;
  /** Arguments behind the callable are handed on to it. */
  readonly passesOn: boolean;
}

const ASYNC: Slot = { position: 0, isAsync: true, passesOn: true };
const FIRST: Slot = { position: 0, isAsync: false, passesOn: true };
const SECOND: Slot = { position: 1, isAsync: false, passesOn: true };
const LOOP = "asyncio.AbstractEventLoop";
const THREAD = "threading.Thread";

const SLOTS: ReadonlyMap<string, Slot> = new Map<string, Slot>([
  ["trio.Nursery.start_soon", ASYNC],
  ["trio.Nursery.start", ASYNC],
  ["anyio.TaskGroup.start_soon", ASYNC],
  ["anyio.TaskGroup.start", ASYNC],
  ["trio.run", ASYNC],
  ["anyio.run", ASYNC],
  ["asyncio.to_thread", FIRST],
  ["anyio.to_thread.run_sync", FIRST],
  ["trio.to_thread.run_sync", FIRST],
  [`${LOOP}.run_in_executor`, SECOND],
  [`${LOOP}.call_soon`, FIRST],
  [`${LOOP}.call_soon_threadsafe`, FIRST],
  [`${LOOP}.call_later`, SECOND],
  [`${LOOP}.call_at`, SECOND],
  [THREAD, { position: 1, keyword: "target", isAsync: false, passesOn: false }],
]);

const NAMES: ReadonlySet<string> = new Set(SLOTS.keys());

type Call = Expression & { readonly kind: "call" };

/** `start_soon(f())`: the function is called at once, where it should be handed over. */
export function* calledArguments(file: FileView): Generator<Draft> {
  for (const { call, name } of callsTo(file, NAMES)) {
    const slot = SLOTS.get(name);
    const value = slot === undefined ? null : argumentAt(call, slot);
    if (slot === undefined || value?.kind !== "call") continue;
    const result = file.certainValue(value, { ...call, start: value.start });
    const noun = nounOf(file, result);
    if (noun === null) continue;
    const { start, end } = value;
    const function_ = name.slice(name.lastIndexOf(".") + 1);
    yield {
      span: { start, end },
      message: {
        problem: `${quote(file, value)} is called at once and gives ${noun}; \`${function_}\` takes a function.`,
        reason: reasonOf(name, result),
        remedy: remedyOf(slot, result),
      },
      chain: result.hops,
      repair: repairOf(file, call, slot, value, result),
    };
  }
}

function argumentAt({ expression }: CallSite, { position, keyword }: Slot): Expression | null {
  const named = expression.arguments.find(({ name }) => name !== null && name === keyword);
  if (named !== undefined) return named.value;
  const positional = expression.arguments.filter(({ name }) => name === null);
  if (positional.slice(0, position + 1).some(({ splat }) => splat)) return null;
  return positional[position]?.value ?? null;
}

const PLAIN_CLASSES = new Set([
  "str",
  "int",
  "float",
  "bool",
  "bytes",
  "list",
  "dict",
  "set",
  "tuple",
  "frozenset",
]);

/** What it is that cannot be called; null for what can be, or may be. */
function nounOf(file: FileView, value: Value): string | null {
  switch (value.kind) {
    case "none":
      return "`None`";
    case "coroutine":
      return "a coroutine";
    case "async-generator":
      return "an async generator";
    case "generator":
      return "a generator";
    case "tuple":
      return "a tuple";
    case "instance": {
      const { reference } = value;
      const name = file.project.classFacts(reference)?.name ?? "";
      const isBuiltin = isLibrary(reference.file) && libraryModule(reference.file) === "builtins";
      return isBuiltin && PLAIN_CLASSES.has(name) && !value.isHearsay ? `a \`${name}\`` : null;
    }
    default:
      return null;
  }
}

function reasonOf(name: string, { kind }: Value): string {
  if (name === THREAD && kind === "none")
    return "The call runs in the thread that makes the new one; the new thread then has nothing to do.";
  if (name.startsWith("trio."))
    return "Trio raises `TypeError`: it expects an async function, not what calling one gives.";
  return kind === "coroutine"
    ? "A coroutine is no function: `TypeError` is raised, and its body never runs."
    : "The call runs to its end here; then `TypeError` is raised, because its result cannot be called.";
}

function remedyOf({ isAsync }: Slot, { kind }: Value): string {
  if (kind === "coroutine" && !isAsync)
    return "Await the coroutine, or start it with `asyncio.create_task(…)`.";
  if (kind !== "coroutine" && isAsync) return "Pass an asynchronous function and its arguments.";
  return "Pass the function and its arguments, without calling it (`functools.partial` for keyword arguments).";
}

/** `start_soon(f(a, b))` → `start_soon(f, a, b)`; `Thread(target=f(a))` → `Thread(target=f, args=(a,))`. */
function repairOf(file: FileView, call: CallSite, slot: Slot, value: Call, result: Value): Repair | null {
  if (slot.isAsync !== (result.kind === "coroutine") || /generator$/.test(result.kind)) return null;
  if (
    value.arguments.some(
      ({ name, splat, value: one }) => name !== null || splat || one.kind === "comprehension",
    )
  )
    return null;
  const others = call.expression.arguments;
  const isLast = others.every(
    (one) => one.value === value || one.name !== null || one.value.end <= value.start,
  );
  if (!isLast || others.some(({ name }) => name === "args" || name === "kwargs" || name === "group"))
    return null;
  const { text } = file.unit;
  const list = text.slice(value.callee.end, value.end);
  const inner = list.trim().slice(1, -1).trim().replace(/,$/, "");
  if (!list.trimStart().startsWith("(") || inner.includes("#")) return null;
  const span = { start: value.callee.end, end: value.end };
  if (slot.passesOn) {
    const replacement = inner === "" ? "" : `, ${inner}`;
    const steps = [{ kind: "replace", span, text: replacement } as const];
    return { title: "Pass the function and its arguments", grade: "A", caution: null, steps };
  }
  const isSingle = value.arguments.length === 1;
  const handed = inner === "" ? "" : `, args=(${inner}${isSingle ? "," : ""})`;
  return {
    title: "Pass the function and its arguments",
    grade: "B",
    caution: "The function then runs in the new thread, no longer in this one.",
    steps: [{ kind: "replace", span, text: handed }],
  };
}
