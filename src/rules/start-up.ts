import { dottedName } from "../python/expression.ts";
import type { CallSite, FunctionFacts } from "../python/facts.ts";
import type { FileView } from "./rule.ts";

/** Names of functions that a program (or a framework) runs once, before it serves. */
const START_UP = /^_*(a?main|main_async|async_main|lifespan|app_lifespan|(on_)?start_?up)$/;

/** Calls that start what runs beside the function; from there on, blocking it blocks others. */
const STARTS_OTHERS =
  /^(serve|serve_forever|start_server|run_forever|create_task|ensure_future|start_soon|gather|TaskGroup|create_task_group|open_nursery|run_app|start_polling)$/;

/** True in a function that runs once at the start of a program, before anything else can run beside it. */
export function isStartUp({ unit }: FileView, call: CallSite, owner: FunctionFacts): boolean {
  if (!START_UP.test(owner.name)) return false;
  if (owner.yields.some(({ start }) => start < call.start)) return false;
  return !unit.facts.calls.some((one) => {
    if (one.owner !== call.owner || one.start >= call.start) return false;
    const name = dottedName(one.expression.callee);
    return name !== null && STARTS_OTHERS.test(name.slice(name.lastIndexOf(".") + 1));
  });
}
