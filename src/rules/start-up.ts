import { dottedName } from "../python/expression.ts";
import type { CallSite, FunctionFacts } from "../python/facts.ts";
import type { FileView } from "./rule.ts";

/** Names of functions that a program (or a framework) runs once, before it serves. */
const START_UP = /^_*(a?main|main_async|async_main|lifespan|app_lifespan|(on_)?start_?up)$/;

/** Calls that start what runs beside the function; from there on, blocking it blocks others. */
const STARTS_OTHERS =
  /^(serve|serve_forever|start_server|run_forever|create_task|ensure_future|start_soon|gather|TaskGroup|create_task_group|open_nursery|run_app|start_polling)$/;

const ends = new WeakMap<FunctionFacts, number>();

/** True in a function that runs once at the start of a program, before anything else can run beside it. */
export function isStartUp({ unit }: FileView, call: CallSite, owner: FunctionFacts): boolean {
  if (!START_UP.test(owner.name)) return false;
  const end = ends.get(owner) ?? endOfStartUp(unit.facts.calls, call.owner, owner);
  ends.set(owner, end);
  return call.start < end;
}

/** Where the function first yields, or starts something beside itself. */
function endOfStartUp(calls: readonly CallSite[], scope: number, { yields }: FunctionFacts): number {
  const starts = yields.map(({ start }) => start);
  for (const { owner, start, expression } of calls) {
    const name = owner === scope ? dottedName(expression.callee) : null;
    if (name !== null && STARTS_OTHERS.test(name.slice(name.lastIndexOf(".") + 1))) starts.push(start + 1);
  }
  return starts.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY);
}
