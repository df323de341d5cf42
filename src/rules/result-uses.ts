import { wrapsCoroutines } from "../project/wraps-coroutines.ts";
import type { Expression } from "../python/expression.ts";
import type { CallPosition, CallSite } from "../python/facts.ts";
import { nodeAt } from "../python/syntax-node.ts";
import { asyncPropertyUses } from "./async-property-uses.ts";
import { callAt } from "./call-at.ts";
import { type Coroutine, type CoroutineVariable, coroutineVariables } from "./coroutine-variables.ts";
import { mayGiveCoroutine } from "./may-give-coroutine.ts";
import { type Need, neededBy } from "./needed-by.ts";
import { routeHandlers } from "./route-handlers.ts";
import type { FileView } from "./rule.ts";
import { mayBeSink, sinkOf } from "./value-sinks.ts";
import { raises } from "./value-use.ts";

/** What makes a coroutine. */
type Maker = Pick<CallSite, "start" | "end" | "owner" | "canAwait" | "isInGeneratorExpression"> & {
  readonly expression: Expression;
};

/** A coroutine that nobody awaits, and a place that needs its result. */
export interface ResultUse extends Need {
  /** The call that makes the coroutine, or the access of an async property. */
  readonly call: Maker;
  readonly value: Coroutine;
  /** The local variable that holds the coroutine; null where the call itself is used. */
  readonly variable: CoroutineVariable | null;
}

const answers = new WeakMap<FileView, readonly ResultUse[]>();

/** Every coroutine of a file whose result is needed while nobody awaits it, in no particular order. */
export function resultUses(file: FileView): readonly ResultUse[] {
  let answer = answers.get(file);
  if (answer === undefined) {
    answer = [...directUses(file), ...variableUses(file), ...propertyUses(file)];
    answers.set(file, answer);
  }
  return answer;
}

function* directUses(file: FileView): Generator<ResultUse> {
  for (const call of candidates(file)) {
    if (!mayGiveCoroutine(file, call.expression, call)) continue;
    const value = file.certainValue(call.expression, call);
    if (value.kind !== "coroutine" || isRunByWrapper(file, call)) continue;
    const node = nodeAt(file.tree.root, call, "call");
    const need = node === null ? null : neededBy(file, node);
    if (need !== null && !isFutureOfProxy(file, call, need)) yield { call, value, variable: null, ...need };
  }
}

function* variableUses(file: FileView): Generator<ResultUse> {
  for (const variable of coroutineVariables(file)) {
    const { call, value } = variable;
    if (isRunByWrapper(file, call)) continue;
    const need = variable.needs.find((one) => !variable.isHandedOn || !isHarmless(one));
    if (need !== undefined && !isFutureOfProxy(file, call, need)) yield { call, value, variable, ...need };
  }
}

function* propertyUses(file: FileView): Generator<ResultUse> {
  for (const { access, value, need } of asyncPropertyUses(file)) {
    if (!isRunByWrapper(file, access)) yield { call: access, value, variable: null, ...need };
  }
}

/** What one may do on purpose with a coroutine that is awaited later: log it, compare it, ask whether there is one. */
function isHarmless({ use, sink }: Need): boolean {
  return sink === null ? !raises(use) : sink.effect !== "raises";
}

const POSITIONS: ReadonlySet<CallPosition> = new Set([
  "attribute",
  "subscript",
  "called",
  "arithmetic",
  "comparison",
  "boolean",
  "condition",
  "formatted",
] satisfies CallPosition[]);

/** Calls whose surroundings may need their result; cheap. */
function* candidates(file: FileView): Generator<CallSite> {
  const seen = new Set<CallSite>();
  for (const call of file.calls) {
    if (POSITIONS.has(call.position) || isInAssignmentOrText(file, call)) seen.add(call);
    if (!mayBeSink(call)) continue;
    const inner = call.expression.arguments.flatMap(({ value }) => [...callsIn(file, value)]);
    if (inner.length > 0 && sinkOf(file, call) !== null) for (const one of inner) seen.add(one);
  }
  for (const { returns } of routeHandlers(file)) {
    for (const returned of returns) {
      if (returned?.kind === "literal") for (const one of callsIn(file, returned)) seen.add(one);
    }
  }
  yield* seen;
}

/** The call that an expression is, or those in the displays, comprehensions and branches that it is made of. */
function* callsIn(file: FileView, expression: Expression): Generator<CallSite> {
  const pending: Expression[] = [expression];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.kind === "literal") pending.push(...next.items);
    else if (next.kind === "comprehension") pending.push(next.element);
    else if (next.kind === "choice") pending.push(...next.branches);
    else if (next.kind === "lambda") pending.push(next.body);
    else if (next.kind === "call") {
      const call = callAt(file, next);
      if (call !== undefined) yield call;
    }
  }
}

/** `total += call()`, `"…" % (call(), …)` */
function isInAssignmentOrText({ unit }: FileView, { position, statement, start }: CallSite): boolean {
  if (position !== "assigned" && position !== "other") return false;
  const before = unit.text.slice(Math.max(statement.start, start - 300), start);
  return position === "assigned" ? /[-+*/%]=\s*\(*$/.test(before) : /["']\s*%\s*\(/.test(before);
}

/** `remote.work().result()` in synchronous code: the receiver looks like its class and gives futures (Dask's actors). */
function isFutureOfProxy(file: FileView, call: Maker, { use }: Need): boolean {
  const isOfFuture =
    use.form === "attribute" && /^(result|exception|done|add_done_callback)$/.test(use.detail);
  return isOfFuture && isOfObject(call) && !isInCoroutine(file, call);
}

/** Synchronous code of a repository that replaces its coroutine methods by functions that run them. */
function isRunByWrapper(file: FileView, call: Maker): boolean {
  return isOfObject(call) && !isInCoroutine(file, call) && wrapsCoroutines(file.project);
}

/** A method call or an access, whose object is not just a name of the file. */
function isOfObject({ expression }: Maker): boolean {
  return (expression.kind === "call" ? expression.callee : expression).kind === "attribute";
}

function isInCoroutine({ unit }: FileView, { owner }: Maker): boolean {
  const scope = unit.facts.scopes[owner];
  return scope?.kind === "function" && unit.facts.functions[scope.subject]?.isAsync === true;
}
