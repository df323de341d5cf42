import type { CallSite, Consumption } from "../python/facts.ts";
import { scopeOwner } from "../python/own-scope.ts";
import { nodeCovering } from "../python/syntax-node.ts";
import { callsTo } from "./calls-to.ts";
import type { Repair } from "./repair.ts";
import type { Draft, FileView, Rule, UseSite } from "./rule.ts";
import { runsLoopAfter } from "./runs-loop-after.ts";
import { quote, sitesOf } from "./sites.ts";
import { suspendsAfter } from "./suspensions.ts";
import { TASK_FUNCTIONS } from "./task-functions.ts";
import { taskGroupAround } from "./task-group-around.ts";

type DiscardSite = UseSite<Extract<Consumption, { way: "discard" }>>;

/** A task that is started and then forgotten. */
export const danglingTask: Rule = {
  name: "dangling-task",
  code: "YS201",
  severity: "warning",
  isOnByDefault: true,
  summary: "A task is started and nothing keeps a reference to it.",
  family: "other",
  *check(file) {
    const started = new Map<string, CallSite>();
    for (const { call, name } of callsTo(file, TASK_FUNCTIONS))
      if (isNewTask(file, call, name)) started.set(keyOf(call), call);
    if (started.size === 0) return;
    for (const site of sitesOf(file, "discard")) {
      const call = started.get(keyOf(site));
      if (call === undefined || isWaitedForTogether(file, call)) continue;
      if (site.consumption.form === "local" && isKeptByFrame(file, site)) continue;
      yield draftOf(
        file,
        call,
        site.consumption.form === "local" ? site.consumption.name : null,
        repairOf(file, site),
      );
    }
    for (const body of callbackBodies(file)) {
      const call = started.get(body);
      if (call !== undefined) yield draftOf(file, call, null, null);
    }
  },
};

function keyOf({ start, end }: { readonly start: number; readonly end: number }): string {
  return `${start}-${end}`;
}

/** `ensure_future` of a task or future only returns it; what is no awaitable at all starts nothing. */
function isNewTask(file: FileView, call: CallSite, name: string): boolean {
  const [argument] = call.expression.arguments;
  if (argument === undefined || argument.splat) return false;
  const value = file.certainValue(argument.value, call);
  if (name === "asyncio.ensure_future") return value.kind === "coroutine";
  return value.kind === "coroutine" || file.project.capabilities(value).awaitable !== "no";
}

function draftOf(file: FileView, call: CallSite, name: string | null, repair: Repair | null): Draft {
  const hops = file.certainValue(call.expression.callee, call).hops;
  return {
    span: { start: call.start, end: call.end },
    message: {
      problem:
        name === null
          ? `${quote(file, call)} starts a task that nothing refers to.`
          : `${quote(file, call)} starts a task; it is assigned to \`${name}\`, which nobody reads.`,
      reason:
        "The event loop itself refers to tasks only weakly: the task may disappear before it is done, and its exception is only logged.",
      remedy:
        repair === null
          ? "Keep it in a set (`tasks.add(task)`, `task.add_done_callback(tasks.discard)`), await it later, or start it in an `asyncio.TaskGroup` (Python 3.11)."
          : "Start it in the task group around it, or keep it in a set until it is done.",
    },
    chain: hops,
    repair,
  };
}

/** While the function is suspended its frame keeps the local name, and with it the task. */
function isKeptByFrame(file: FileView, site: DiscardSite): boolean {
  const node = nodeCovering(file.tree.root, site);
  const owner = node === null ? null : scopeOwner(node);
  if (node === null || owner === null) return true;
  return suspendsAfter(owner, node) || runsLoopAfter(file, site.use);
}

/** The function waits for all tasks there are. */
function isWaitedForTogether(file: FileView, call: CallSite): boolean {
  const owner = file.unit.facts.scopes[call.owner];
  return owner !== undefined && /\ball_tasks\(/.test(file.unit.text.slice(call.end, owner.end));
}

const CALLBACK_METHODS: ReadonlySet<string> = new Set(
  ["call_soon", "call_soon_threadsafe", "call_later", "call_at", "add_signal_handler"].map(
    (name) => `asyncio.AbstractEventLoop.${name}`,
  ),
);

/** Bodies of lambdas that the loop calls: what they return is thrown away. */
function callbackBodies(file: FileView): Set<string> {
  const bodies = new Set<string>();
  for (const { call } of callsTo(file, CALLBACK_METHODS)) {
    for (const { value } of call.expression.arguments)
      if (value.kind === "lambda") bodies.add(keyOf(value.body));
  }
  return bodies;
}

/** Directly in `async with asyncio.TaskGroup() as tg` → `tg.create_task(…)`. */
function repairOf(file: FileView, { use, consumption }: DiscardSite): Repair | null {
  const { expression } = use;
  if (consumption.form !== "statement" || expression.kind !== "call") return null;
  if (expression.arguments.some(({ name }) => name === "loop")) return null;
  const group = taskGroupAround(file, use);
  if (group === null) return null;
  const { start, end } = expression.callee;
  return {
    title: `Start it with \`${group}.create_task\``,
    grade: "B",
    caution: "The `async with` block then waits for the task and is cancelled when the task fails.",
    steps: [{ kind: "replace", span: { start, end }, text: `${group}.create_task` }],
  };
}
