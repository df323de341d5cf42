import type { Expression } from "../python/expression.ts";
import type { CallSite } from "../python/facts.ts";
import { callsTo, namesOf } from "./calls-to.ts";
import { earlyResult, resultReads } from "./early-result.ts";
import { isInCoroutine } from "./is-in-coroutine.ts";
import type { Repair } from "./repair.ts";
import { replaceWithAwait } from "./replace-with-await.ts";
import { repositoryMentions } from "./repository-mentions.ts";
import type { Draft, FileView, Rule } from "./rule.ts";
import { quote } from "./sites.ts";
import { TASK_FUNCTIONS } from "./task-functions.ts";

const THREADSAFE = "asyncio.run_coroutine_threadsafe";
const NAMES: ReadonlySet<string> = new Set([...TASK_FUNCTIONS, "asyncio.TaskGroup.create_task", THREADSAFE]);

/** `.result()` of a task that cannot have run yet. */
export const taskResultBeforeDone: Rule = {
  name: "task-result-before-done",
  code: "YS205",
  severity: "error",
  isOnByDefault: true,
  summary: "The result of a task is read before the task can have run.",
  family: "other",
  *check(file) {
    if (!file.unit.text.includes(".result")) return;
    const reads = resultReads(file);
    for (const { call, name } of callsTo(file, NAMES)) {
      if (!isInCoroutine(file, call.owner)) continue;
      if (call.position !== "assigned" && call.position !== "attribute") continue;
      const isThreadsafe = name === THREADSAFE;
      const [coroutine] = call.expression.arguments;
      if (coroutine === undefined || coroutine.splat || coroutine.name !== null) continue;
      if (isThreadsafe && !isOwnLoop(file, call)) continue;
      if (name === "asyncio.ensure_future" && file.certainValue(coroutine.value, call).kind !== "coroutine")
        continue;
      const read = earlyResult(file, call, reads);
      if (read === null) continue;
      if (mayBeEager(file)) return;
      yield isThreadsafe ? deadlockDraft(file, call, read, coroutine.value) : tooEarlyDraft(file, call, read);
    }
  },
};

/** With an eager task factory a task may be done when it has been made; nested loops run it in between. */
function mayBeEager(file: FileView): boolean {
  return ["eager_task_factory", "create_eager_task_factory", "eager_start", "nest_asyncio"].some((name) =>
    repositoryMentions(file, name),
  );
}

function tooEarlyDraft(file: FileView, call: CallSite, read: CallSite): Draft {
  const { callee } = read.expression;
  const task = callee.kind === "attribute" ? callee.object : callee;
  const repair: Repair | null = read.canAwait
    ? { title: "Await the task", grade: "A", caution: null, steps: replaceWithAwait(read, task) }
    : null;
  return {
    span: { start: read.start, end: read.end },
    message: {
      problem: `${quote(file, read)} reads the result of a task that has not run yet: nothing was awaited since it was made.`,
      reason: "Python raises `InvalidStateError: Result is not set.`",
      remedy: `Use \`await\` on the task instead of \`.result()\`.`,
    },
    chain: file.certainValue(call.expression.callee, call).hops,
    repair,
  };
}

function deadlockDraft(file: FileView, call: CallSite, read: CallSite, coroutine: Expression): Draft {
  const { callee } = read.expression;
  const isDirect = callee.kind === "attribute" && callee.object.start === call.start;
  const isCoroutine = file.certainValue(coroutine, call).kind === "coroutine";
  return {
    span: { start: read.start, end: read.end },
    message: {
      problem: `${quote(file, read)} waits for a coroutine on the event loop that this function runs in.`,
      reason:
        "The wait blocks the loop, so the coroutine never runs: the program hangs, or the time limit passes.",
      remedy: "Await the coroutine directly.",
    },
    chain: file.certainValue(call.expression.callee, call).hops,
    repair:
      isDirect && isCoroutine && coroutine.kind === "call" && read.canAwait
        ? {
            title: "Await the coroutine directly",
            grade: "B",
            caution:
              "The coroutine then runs as part of this task; a time limit of `.result(…)` no longer holds.",
            steps: replaceWithAwait(read, coroutine),
          }
        : null,
  };
}

const RUNNING_LOOP = /^asyncio\.get_(running|event)_loop$/;

/** The loop that is passed is certainly the one that is running here: asked for in place, or just above. */
function isOwnLoop(file: FileView, call: CallSite): boolean {
  const passed =
    call.expression.arguments.find(({ name }) => name === "loop") ?? call.expression.arguments[1];
  if (passed === undefined || passed.splat) return false;
  const made = passed.value.kind === "name" ? onlyValue(file, call, passed.value.name) : passed.value;
  if (made?.kind !== "call") return false;
  return namesOf(file, made.callee, call).some((name) => RUNNING_LOOP.test(name));
}

/** The value of a local that is bound once. */
function onlyValue({ unit }: FileView, { owner }: CallSite, name: string): Expression | null {
  const scope = unit.facts.scopes[owner];
  const bindings =
    scope !== undefined && Object.hasOwn(scope.bindings, name) ? scope.bindings[name] : undefined;
  const target = bindings?.length === 1 ? bindings[0]?.target : undefined;
  return target?.kind === "value" ? target.value : null;
}
