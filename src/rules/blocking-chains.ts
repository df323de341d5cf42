import { quietProject } from "../project/create-project.ts";
import { beginFile, functionOf, isLibrary, type Project, scopeOf, unitOf } from "../project/project.ts";
import type { Reference, Value } from "../project/values.ts";
import { dottedName } from "../python/expression.ts";
import type { BindingTarget, CallSite, FileFacts, FunctionFacts } from "../python/facts.ts";
import { type BlockingFact, blockingFact } from "./blocking-fact.ts";
import { mayBeSkipped } from "./may-be-skipped.ts";

/** One call on the way from a coroutine to what blocks, in the function it stands in. */
interface ChainLink {
  readonly file: string;
  readonly call: CallSite;
  /** The function that is called: its name, and where it is defined. */
  readonly callee: Reference;
}

/** The way from a plain function to the call in it, or in what it calls, that blocks. */
export interface BlockingChain {
  /** Calls between functions of the repository; empty where the function blocks itself. */
  readonly links: readonly ChainLink[];
  /** The file and the call that blocks. */
  readonly file: string;
  readonly call: CallSite;
  readonly fact: BlockingFact;
}

/** Longest way from a coroutine to the blocking call, counted in calls. */
const MAX_DEPTH = 6;
/** Most functions that are looked into for one file; real files need some dozens. */
const MAX_FUNCTIONS = 2_000;
/** Functions that are longer than this in calls are generated, or hostile. */
const MAX_CALLS = 400;

/** A function that asks whether a loop is running probably blocks only where none is. */
const ASKS_FOR_LOOP =
  /\b(_?get_running_loop|get_event_loop|is_running|current_async_library|in_async_context)\b/;

/** What is known of the functions of a project. */
interface Summaries {
  /** "pending" marks a cycle; a number: nothing was found when the function was so deep in a chain. */
  readonly chains: Map<FunctionFacts, BlockingChain | number | "pending">;
  readonly calls: WeakMap<FileFacts, ReadonlyMap<number, readonly CallSite[]>>;
  looked: number;
}

const summaries = new WeakMap<Project, Summaries>();

function summariesOf(project: Project): Summaries {
  const known = summaries.get(project);
  if (known !== undefined) return known;
  const created: Summaries = { chains: new Map(), calls: new WeakMap(), looked: 0 };
  summaries.set(project, created);
  return created;
}

const followers = new WeakMap<Project, Project>();

/**
 * The project to follow calls in, with a new budget for a file. Where files have to be fetched, only those are
 * followed that are there anyway: a chain of six calls would ask for half of a repository.
 */
export function chainsOf(project: Project): Project {
  const isAtHand = project.source.filesMentioning?.([]) != null;
  const follower = isAtHand ? project : (followers.get(project) ?? quietProject(project));
  followers.set(project, follower);
  summariesOf(follower).looked = 0;
  if (follower !== project) beginFile(follower);
  return follower;
}

/** The shortest known way from a plain function of the repository to a blocking call; null where there is none. */
export function blockingChain(project: Project, start: Reference, depth = 1): BlockingChain | null {
  const memory = summariesOf(project);
  const facts = functionOf(project, start);
  const unit = unitOf(project, start.file);
  if (facts === null || unit === null || depth > MAX_DEPTH) return null;
  const known = memory.chains.get(facts);
  if (known === "pending") return null;
  if (typeof known === "object") return known;
  if (known !== undefined && known <= depth) return null;
  if (memory.looked >= MAX_FUNCTIONS) return null;
  memory.looked += 1;
  if (ASKS_FOR_LOOP.test(unit.text.slice(facts.start, facts.end))) return null;
  memory.chains.set(facts, "pending");
  const calls = callsOf(memory, unit.facts, facts.scope);
  let best: BlockingChain | null = null;
  for (const call of calls) {
    const fact = blockingFact(project, start.file, unit, call);
    if (fact === null || !isFollowed(fact) || mayBeSkipped(unit, facts, call)) continue;
    best = { links: [], file: start.file, call, fact };
    break;
  }
  if (best === null && calls.length <= MAX_CALLS) {
    for (const call of calls) {
      const callee = mayBeSkipped(unit, facts, call) ? null : calledFunction(project, start.file, call);
      const rest = callee === null ? null : blockingChain(project, callee, depth + 1);
      if (callee === null || rest === null || rest.links.length + 1 + depth > MAX_DEPTH) continue;
      best = { ...rest, links: [{ file: start.file, call, callee }, ...rest.links] };
      break;
    }
  }
  memory.chains.set(facts, best ?? depth);
  return best;
}

/** What starts a process and goes on, and what follows from another blocking call, is not worth a chain. */
function isFollowed({ row, name }: BlockingFact): boolean {
  if (
    row.severity === "info" ||
    row.isFollowUp === true ||
    row.isShort === true ||
    row.group === "path-metadata"
  )
    return false;
  // Whether a queue is empty or full, and whether a future is done, depends on what happened before.
  return !/(\.(result|exception)|[Qq]ueue\.(put|get))$/.test(name);
}

/**
 * The plain function of the repository that a call certainly runs, there and then: no coroutine, no generator, no
 * class, nothing behind a decorator that may do something else, nothing that a subclass may replace.
 */
export function calledFunction(project: Project, file: string, call: CallSite): Reference | null {
  const unit = unitOf(project, file);
  if (unit === null || call.position === "awaited" || !isCandidate(project, file, unit.facts, call))
    return null;
  const { scope, block, start } = call;
  const value = project.evaluate(call.expression.callee, { file, scope, block, at: start });
  if ((value.doubts ?? 0) !== 0) return null;
  const reference = value.kind === "class" ? constructorOf(project, value) : plainReference(value);
  if (reference === null || isLibrary(reference.file)) return null;
  const facts = functionOf(project, reference);
  if (facts === null || facts.isAsync || facts.isStub || facts.yields.length > 0) return null;
  return facts.decorators.every((one) => TRANSPARENT.test(dottedName(one) ?? "")) ? reference : null;
}

const TRANSPARENT =
  /^(staticmethod|classmethod|((typing|typing_extensions)\.)?(override|final)|(abc\.)?abstractmethod)$/;

function plainReference(value: Value): Reference | null {
  return value.kind === "function" && value.wrappings.length === 0 ? value.reference : null;
}

/** `__init__` of a class of the repository that defines it itself. */
function constructorOf(project: Project, value: Extract<Value, { kind: "class" }>): Reference | null {
  const { file } = value.reference;
  const facts = project.classFacts(value.reference);
  if (value.isOpen === true || isLibrary(file) || facts === null || facts.hasMetaclass) return null;
  const bindings = scopeOf(project, file, facts.scope)?.bindings ?? {};
  const [only, another] = bindings.__init__ ?? [];
  if (only?.target.kind !== "function" || another !== undefined || bindings.__new__ !== undefined)
    return null;
  return { file, index: only.target.index };
}

/** Methods that text and containers have; a repository rarely means its own by them. */
const PLAIN_METHODS =
  /^(append|extend|items|keys|values|join|strip|split|format|startswith|endswith|lower|upper|pop|encode|decode|sort|setdefault|isoformat|model_dump|__\w+__)$/;

/** Cheap: builtins, libraries and methods of literals are no functions of the repository. */
function isCandidate(project: Project, file: string, { scopes }: FileFacts, call: CallSite): boolean {
  const { callee } = call.expression;
  if (callee.kind === "attribute") {
    if (PLAIN_METHODS.test(callee.name) || !isNamed(callee.object) || isLogger(callee.object)) return false;
  } else if (callee.kind !== "name") return false;
  let root: CallSite["expression"]["callee"] = callee;
  while (root.kind === "attribute") root = root.object;
  if (root.kind !== "name") return true;
  for (let scope: number | null = call.scope; scope !== null; scope = scopes[scope]?.parent ?? null) {
    const bindings = scopes[scope]?.bindings[root.name];
    if (bindings !== undefined) return !bindings.every(({ target }) => isForeign(project, file, target));
  }
  return scopes[0]?.starImports.length !== 0;
}

/** An import of something that is not in the repository. */
function isForeign(project: Project, file: string, target: BindingTarget): boolean {
  if (target.kind !== "import" && (target.kind !== "from-import" || target.level > 0)) return false;
  const place = project.modules.resolve(target.module, file);
  return place === null || isLibrary(place.base);
}

function isNamed(object: CallSite["expression"]["callee"]): boolean {
  return object.kind === "name" || object.kind === "attribute" || object.kind === "call";
}

function callsOf(memory: Summaries, facts: FileFacts, scope: number): readonly CallSite[] {
  let owned = memory.calls.get(facts);
  if (owned === undefined) {
    const grouped = new Map<number, CallSite[]>();
    for (const call of facts.calls) {
      const own = grouped.get(call.owner);
      if (own === undefined) grouped.set(call.owner, [call]);
      else own.push(call);
    }
    memory.calls.set(facts, grouped);
    owned = grouped;
  }
  return owned.get(scope) ?? [];
}

/** Programs accept that logging writes. */
function isLogger(object: CallSite["expression"]["callee"]): boolean {
  const name = object.kind === "name" || object.kind === "attribute" ? object.name : "";
  return /(^|_)log(ger|s)?$/i.test(name);
}
