import type { BlockingGroup } from "../project/blocking-table.ts";
import type { CallSite, FunctionFacts } from "../python/facts.ts";
import { type BlockingFact, blockingFact } from "./blocking-fact.ts";
import type { Severity } from "./finding.ts";
import { isTestFile } from "./is-test-file.ts";
import type { Draft, FileView } from "./rule.ts";
import { isStartUp } from "./start-up.ts";

/** A call in a coroutine (or asynchronous generator) that blocks the event loop. */
export interface BlockingSite extends BlockingFact {
  readonly call: CallSite;
  /** The function whose body runs the call. */
  readonly owner: FunctionFacts;
  /** "info" in tests, while a program starts, and for what blocks shortly. */
  readonly severity: Severity;
}

const known = new WeakMap<FileView, readonly BlockingSite[]>();

/** The calls of some groups that block the event loop. */
export function* blockingSites(file: FileView, ...groups: readonly BlockingGroup[]): Generator<BlockingSite> {
  let sites = known.get(file);
  if (sites === undefined) {
    sites = isGreen(file) ? [] : withoutFollowUps(findSites(file));
    known.set(file, sites);
  }
  for (const site of sites) if (groups.includes(site.row.group)) yield site;
}

/** The calls of a file that a coroutine runs itself, without awaiting them. */
export function* callsInCoroutines(
  file: FileView,
): Generator<{ readonly call: CallSite; readonly owner: FunctionFacts }> {
  const { facts } = file.unit;
  const owners = new Map<number, FunctionFacts>();
  for (const one of facts.functions) if (one.isAsync) owners.set(one.scope, one);
  if (owners.size === 0) return;
  for (const call of file.calls) {
    const owner = owners.get(call.owner);
    if (owner !== undefined && call.position !== "awaited") yield { call, owner };
  }
}

/** How much a blocking call in a coroutine matters. */
export function severityIn(file: FileView, call: CallSite, owner: FunctionFacts): Severity {
  return isTestFile(file.path) || isStartUp(file, call, owner) ? "info" : "warning";
}

/** With gevent or eventlet the calls are replaced by ones that switch. */
export function isGreen({ unit: { text } }: FileView): boolean {
  return /\b(gevent|eventlet)\b/.test(text) && /\b(monkey_patch|patch_all)\b/.test(text);
}

function findSites(file: FileView): BlockingSite[] {
  const sites: BlockingSite[] = [];
  for (const { call, owner } of callsInCoroutines(file)) {
    const fact = blockingFact(file.project, file.path, file.unit, call);
    if (fact === null) continue;
    // `Popen(…).wait()` is one thing to say, not two.
    if (fact.row.severity === "info" && call.position === "attribute") continue;
    sites.push({ ...fact, call, owner, severity: fact.row.severity ?? severityIn(file, call, owner) });
  }
  return sites;
}

/** A function that opens a file (or a database) and reads it is told once. */
function withoutFollowUps(sites: readonly BlockingSite[]): BlockingSite[] {
  const told = new Map<FunctionFacts, Set<BlockingGroup>>();
  for (const { row, owner } of sites) {
    if (row.isFollowUp === true) continue;
    const groups = told.get(owner) ?? new Set();
    told.set(owner, groups.add(row.group));
  }
  return sites.filter(
    ({ row, owner }) => row.isFollowUp !== true || told.get(owner)?.has(row.group) !== true,
  );
}

/** A finding about a blocking call: what, why, and the usual severity. */
export function blockingDraft(site: BlockingSite, message: Draft["message"], repair: Draft["repair"]): Draft {
  return { span: site.call, message, chain: site.hops, repair, severity: site.severity };
}
