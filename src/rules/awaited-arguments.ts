import type { Expression } from "../python/expression.ts";
import type { CallSite } from "../python/facts.ts";
import { callsTo } from "./calls-to.ts";
import type { Repair } from "./repair.ts";
import type { Draft, FileView } from "./rule.ts";
import { quote } from "./sites.ts";
import { TASK_FUNCTIONS } from "./task-functions.ts";

const GATHER = "asyncio.gather";
const NAMES: ReadonlySet<string> = new Set([...TASK_FUNCTIONS, "asyncio.TaskGroup.create_task", GATHER]);

type Await = Expression & { readonly kind: "await" };

/** `create_task(await f())`: what is to be started has run to its end already. */
export function* awaitedArguments(file: FileView): Generator<Draft> {
  for (const { call, name } of callsTo(file, NAMES)) {
    const positional = call.expression.arguments.filter((one) => one.name === null);
    for (const { value, splat } of name === GATHER ? positional : positional.slice(0, 1)) {
      if (splat || value.kind !== "await" || isAwaitable(file, call, value)) continue;
      const { start, end } = value;
      yield {
        span: { start, end },
        message: {
          problem: `${quote(file, value)} is the result, not something that \`${lastName(name)}\` can start.`,
          reason:
            name === GATHER || name === "asyncio.ensure_future"
              ? "The call runs to its end first; then Python raises `TypeError: An asyncio.Future, a coroutine or an awaitable is required`."
              : "The call runs to its end first; then Python raises `TypeError: a coroutine was expected`.",
          remedy: "Pass the coroutine itself: remove the `await`.",
        },
        chain: file.certainValue(value.operand, call).hops,
        repair: dropRepair(file, call, name, value),
      };
    }
  }
}

/** True unless it is certain that what the `await` gives can not be awaited again. */
function isAwaitable(file: FileView, call: CallSite, value: Await): boolean {
  const result = file.certainValue(value, { ...call, start: value.start });
  return result.kind === "unknown" || file.project.capabilities(result).awaitable !== "no";
}

function dropRepair(file: FileView, call: CallSite, name: string, value: Await): Repair | null {
  if (file.certainValue(value.operand, call).kind !== "coroutine") return null;
  const isGather = name === GATHER;
  const { start, end } = value;
  return {
    title: "Remove `await`",
    grade: isGather ? "B" : "A",
    caution: isGather ? "The calls then run at the same time, no longer one after the other." : null,
    steps: [{ kind: "drop-await", awaited: { start, end } }],
  };
}

function lastName(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
