import type { CallSite } from "../python/facts.ts";
import type { FileView } from "./rule.ts";

const RUNS_LOOP = /\b(run|run_forever|run_until_complete|run_app|serve_forever)\(/;

/** True when the body that has the call starts an event loop behind it: what was started before then runs in it. */
export function runsLoopAfter(file: FileView, { owner, end }: Pick<CallSite, "owner" | "end">): boolean {
  const scope = file.unit.facts.scopes[owner];
  return scope !== undefined && RUNS_LOOP.test(file.unit.text.slice(end, scope.end));
}
