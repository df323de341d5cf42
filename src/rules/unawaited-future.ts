import { isLibrary, libraryModule } from "../project/project.ts";
import type { CallSite, Consumption } from "../python/facts.ts";
import { callsTo } from "./calls-to.ts";
import { insertAwaitRepair } from "./insert-await-repair.ts";
import { isInCoroutine } from "./is-in-coroutine.ts";
import { isRedisCommand } from "./is-redis-command.ts";
import { isTornadoCoroutine } from "./is-tornado-coroutine.ts";
import { mayFailUnseen } from "./may-fail-unseen.ts";
import type { FileView, Rule, UseSite } from "./rule.ts";
import { runsLoopAfter } from "./runs-loop-after.ts";
import { quote, sitesOf } from "./sites.ts";

type DiscardSite = UseSite<Extract<Consumption, { way: "discard" }>>;

/** How a dropped call is spoken of, and how its repair is graded (null: `await` would not do). */
interface Kind {
  readonly problem: string;
  readonly reason: string;
  readonly grade: "A" | "B" | null;
  readonly caution?: string;
}

const NOT_RETRIEVED =
  "The work goes on by itself; an exception only shows as a log line, `… exception was never retrieved`, when the result is thrown away.";

const FUNCTIONS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  [
    "asyncio.gather",
    { problem: "starts its arguments, and nobody waits for them", reason: NOT_RETRIEVED, grade: "A" },
  ],
  [
    "asyncio.shield",
    {
      problem: "protects its argument from being cancelled while it is awaited, and nobody awaits it",
      reason: NOT_RETRIEVED,
      grade: "B",
      caution: "The function now waits for the result.",
    },
  ],
  [
    "asyncio.wrap_future",
    {
      problem: "makes a future that nobody awaits",
      reason: NOT_RETRIEVED,
      grade: "B",
      caution: "The function now waits for the result.",
    },
  ],
  [
    "asyncio.AbstractEventLoop.run_in_executor",
    {
      problem: "starts work in an executor, and nobody waits for it",
      reason: NOT_RETRIEVED,
      grade: "B",
      caution: "The function now waits for the executor.",
    },
  ],
  [
    "asyncio.run_coroutine_threadsafe",
    {
      problem: "hands a coroutine to an event loop, and nobody waits for its result",
      reason:
        "The exception of the coroutine stays in the future that is thrown away, and is not even logged.",
      grade: null,
    },
  ],
]);

const MOTOR: Kind = {
  problem: "starts an operation on the database, and nobody waits for it",
  reason: NOT_RETRIEVED,
  grade: "A",
};
const REDIS: Kind = {
  problem: "is a command of `redis.asyncio` that nobody awaits",
  reason: "The command is never sent: Python only warns `coroutine … was never awaited`, if anything.",
  grade: "A",
};
const TORNADO: Kind = {
  problem: "starts a Tornado coroutine, and nobody waits for it",
  reason: "It runs by itself from its first `yield` on; its exception is only logged, if at all.",
  grade: "B",
  caution: "The function now waits for the coroutine.",
};

/** A call that starts its work at once, and whose result is thrown away. */
export const unawaitedFuture: Rule = {
  name: "unawaited-future",
  code: "YS202",
  severity: "warning",
  isOnByDefault: true,
  summary: "A call starts work or gives a future, and nobody waits for it.",
  family: "missing-await",
  *check(file) {
    const named = new Map<number, { call: CallSite; kind: Kind }>();
    for (const { call, name } of callsTo(file, NAMES)) {
      const kind = FUNCTIONS.get(name);
      if (kind !== undefined && call.position === "statement" && isMeantToBeAwaited(file, call, name))
        named.set(call.start, { call, kind });
    }
    for (const site of sitesOf(file, "discard")) {
      if (site.consumption.form !== "statement") continue;
      const one = named.get(site.start);
      const kind = one?.call.end === site.end ? one.kind : kindOf(file, site);
      if (kind === null) continue;
      yield {
        span: { start: site.start, end: site.end },
        message: {
          problem: `${quote(file, site)} ${kind.problem}.`,
          reason: kind.reason,
          remedy: remedyOf(site, kind),
        },
        chain: site.value.hops,
        repair: kind.grade === null ? null : insertAwaitRepair(file, site, kind.grade, kind.caution),
      };
    }
  },
};

const NAMES: ReadonlySet<string> = new Set(FUNCTIONS.keys());

/**
 * Synchronous code cannot wait: there `run_in_executor`, `wrap_future` and `run_coroutine_threadsafe` are the way to
 * start something and leave it alone, and `gather` is what a loop started behind it works on. A coroutine that is handed
 * to a loop may deal with its exceptions itself.
 */
function isMeantToBeAwaited(file: FileView, call: CallSite, name: string): boolean {
  if (isInCoroutine(file, call.owner)) {
    const [coroutine] = call.expression.arguments;
    if (name !== "asyncio.run_coroutine_threadsafe" || coroutine === undefined) return true;
    return mayFailUnseen(file, coroutine.value, call);
  }
  return (name === "asyncio.gather" || name === "asyncio.shield") && !runsLoopAfter(file, call);
}

function kindOf(file: FileView, site: DiscardSite): Kind | null {
  const { value } = site;
  if (value.kind === "coroutine") return isRedisCommand(file, site) ? REDIS : null;
  if (value.kind === "eager-awaitable") {
    const isTornado = isInCoroutine(file, site.use.owner) && isTornadoCoroutine(file, site);
    return isTornado && mayFailUnseen(file, site.use.expression, site.use, 1) ? TORNADO : null;
  }
  return value.kind === "instance" && isMotorCall(file, site) ? MOTOR : null;
}

/** A method of motor that gives a future. */
function isMotorCall(file: FileView, { use, value }: DiscardSite): boolean {
  if (value.kind !== "instance" || !isLibrary(value.reference.file)) return false;
  if (file.project.classFacts(value.reference)?.name !== "Future" || use.expression.kind !== "call")
    return false;
  const callee = file.certainValue(use.expression.callee, use);
  if (callee.kind !== "function" || !isLibrary(callee.reference.file)) return false;
  return libraryModule(callee.reference.file).split(".")[0] === "motor";
}

function remedyOf({ use }: DiscardSite, { grade }: Kind): string {
  if (grade === null)
    return "Await the coroutine itself, or `asyncio.wrap_future(…)` around the call if the loop is another one.";
  if (use.canAwait) return "Put `await` in front of the call, or keep the result and await it later.";
  return "Keep the result and await it in an `async def` function.";
}
