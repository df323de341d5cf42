import { namesOf } from "./calls-to.ts";
import type { FileView, UseSite } from "./rule.ts";

const AWAITING =
  /^asyncio\.(.*\.)?(run|create_task|ensure_future|gather|wait_for|shield|wait|run_until_complete)$/;

/** True for an argument of a function of asyncio that awaits it: `asyncio.run(x)`, `loop.create_task(x)`. */
export function isAwaitingCall(file: FileView, { consumption, use }: UseSite): boolean {
  if (consumption.way !== "pass") return false;
  const position = { scope: use.scope, block: use.block, start: use.start };
  return namesOf(file, consumption.callee, position).some((name) => AWAITING.test(name));
}
