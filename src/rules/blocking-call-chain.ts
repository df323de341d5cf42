import type { Hop } from "../project/hop.ts";
import { functionOf, type Project, unitOf } from "../project/project.ts";
import type { Reference } from "../project/values.ts";
import { type BlockingChain, blockingChain, calledFunction, chainsOf } from "./blocking-chains.ts";
import { callsInCoroutines, isGreen, severityIn } from "./blocking-sites.ts";
import type { Repair } from "./repair.ts";
import type { FileView, Rule } from "./rule.ts";
import { quote } from "./sites.ts";
import { toThreadRepair } from "./to-thread-repair.ts";

/** A call of a plain function of the repository that blocks, itself or in what it calls. */
export const blockingCallChain: Rule = {
  name: "blocking-call-chain",
  code: "YS307",
  severity: "warning",
  isOnByDefault: true,
  summary: "A coroutine calls a function that blocks, perhaps through others.",
  family: "other",
  *check(file) {
    if (isGreen(file)) return;
    const { path } = file;
    const project = chainsOf(file.project);
    for (const { call, owner } of callsInCoroutines(file)) {
      const callee = calledFunction(project, path, call);
      const chain = callee === null ? null : blockingChain(project, callee);
      if (callee === null || chain === null) continue;
      const way = [
        owner.name,
        nameOf(project, callee),
        ...chain.links.map((one) => nameOf(project, one.callee)),
      ];
      yield {
        span: call,
        message: {
          problem: `${quote(file, call)} blocks the event loop: \`${[...way, chain.fact.name].join(" → ")}\`.`,
          reason: `The call of \`${chain.fact.name}\` stops the thread, and no other task of the loop runs until it returns.`,
          remedy: "Run the function in a thread with `await asyncio.to_thread(…)`, or make it asynchronous.",
        },
        chain: hopsOf(project, callee, chain),
        repair: repairOf(file, call, callee, chain),
        severity: severityIn(file, call, owner),
      };
    }
  },
};

function nameOf(project: Project, { file, index }: Reference): string {
  const unit = unitOf(project, file);
  const facts = unit?.facts.functions[index];
  return facts === undefined ? "?" : (unit?.facts.scopes[facts.scope]?.qualifiedName ?? facts.name);
}

/** One place for every step: where each function is defined, what it calls, and the call that blocks. */
function hopsOf(project: Project, callee: Reference, { links, file, call, fact }: BlockingChain): Hop[] {
  const first = functionOf(project, callee);
  const hops: Hop[] = [];
  const add = (path: string, place: { start: number; end: number } | null, text: string): void => {
    const line = place === null ? 0 : (unitOf(project, path)?.locate(place).line ?? 0);
    hops.push({ path, line, text });
  };
  add(callee.file, first?.nameSpan ?? null, `\`${nameOf(project, callee)}\` is a plain function`);
  for (const link of links) add(link.file, link.call, `it calls \`${nameOf(project, link.callee)}\``);
  add(file, call, `here \`${fact.name}\` blocks`);
  return hops;
}

/** Words of a function that may need the loop's own thread. */
const BOUND_TO_LOOP = /\b(asyncio|anyio|trio|contextvars|ContextVar|get_event_loop|get_running_loop|loop)\b/;

/** A thread, where none of the functions on the way touches the loop. */
function repairOf(
  file: FileView,
  call: Parameters<typeof toThreadRepair>[1],
  callee: Reference,
  { links }: BlockingChain,
): Repair | null {
  for (const { file: path, index } of [callee, ...links.map((one) => one.callee)]) {
    const unit = unitOf(file.project, path);
    const facts = unit?.facts.functions[index];
    if (unit === null || facts === undefined) return null;
    if (BOUND_TO_LOOP.test(unit.text.slice(facts.start, facts.end))) return null;
  }
  return toThreadRepair(
    file,
    call,
    "The function runs in another thread while other tasks go on: what it shares with them has to bear that.",
  );
}
