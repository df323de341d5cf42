import type { FunctionFacts } from "../python/facts.ts";
import { isAwaitingCall } from "./is-awaiting-call.ts";
import { REUSE_REASON } from "./reuse-reason.ts";
import type { Draft, FileView, UseSite } from "./rule.ts";
import { quote } from "./sites.ts";

/** Coroutines that are made once and shared by all calls of a function: defaults, globals. */
export function* sharedCoroutines(file: FileView): Generator<Draft> {
  yield* defaults(file);
  yield* globals(file);
}

function* defaults(file: FileView): Generator<Draft> {
  for (const { parameters, parentScope, start: at } of file.unit.facts.functions) {
    for (const { name, default: value } of parameters) {
      if (value?.kind !== "call") continue;
      const made = file.certainValue(value, { scope: parentScope, block: 0, start: at });
      if (made.kind !== "coroutine") continue;
      yield {
        span: { start: value.start, end: value.end },
        message: {
          problem: `${quote(file, value)} is a coroutine, made once and shared by all calls as the default of \`${name}\`.`,
          reason: REUSE_REASON,
          remedy: "Use `None` as the default, and call and await the function in the body.",
        },
        chain: made.hops,
        repair: null,
      };
    }
  }
}

function* globals(file: FileView): Generator<Draft> {
  const seen = new Set<string>();
  for (const site of file.sites) {
    const { expression } = site.use;
    if (site.value.kind !== "coroutine" || expression.kind !== "name" || seen.has(expression.name)) continue;
    const call = globalCall(file, expression.name, site);
    if (call === null || !isConsumed(file, site) || !mayRunAgain(file, site)) continue;
    seen.add(expression.name);
    yield {
      span: { start: call.start, end: call.end },
      message: {
        problem: `${quote(file, call)} is a coroutine, made once; \`${expression.name}\` is awaited in a function in line ${file.unit.locate(site).line}.`,
        reason: REUSE_REASON,
        remedy: "Call the function where its coroutine is awaited.",
      },
      chain: site.value.hops,
      repair: null,
    };
  }
}

function isConsumed(file: FileView, site: UseSite): boolean {
  return site.consumption.way === "await" || isAwaitingCall(file, site);
}

/** The call that a name of the module is bound to, once, where a function uses it; else null. */
function globalCall({ unit }: FileView, name: string, { use }: UseSite) {
  const { scopes } = unit.facts;
  for (
    let index: number | null = use.scope;
    index !== null && index !== 0;
    index = scopes[index]?.parent ?? null
  )
    if (scopes[index]?.bindings[name] !== undefined) return null;
  const bindings = scopes[0]?.bindings[name] ?? [];
  const target = bindings[0]?.target;
  if (use.owner === 0 || bindings.length !== 1 || target?.kind !== "value") return null;
  return target.value?.kind === "call" ? target.value : null;
}

/** False for a function that is called once, from the module's own body, and for tests. */
function mayRunAgain(file: FileView, { use }: UseSite): boolean {
  const { scopes, functions } = file.unit.facts;
  const scope = scopes[use.owner];
  const around: FunctionFacts | undefined = scope?.kind === "function" ? functions[scope.subject] : undefined;
  if (around === undefined || around.parentScope !== 0 || /^test|main/.test(around.name)) return false;
  const calls = file.calls.filter(
    ({ expression: { callee } }) => callee.kind === "name" && callee.name === around.name,
  );
  return calls.length !== 1 || calls[0]?.owner !== 0;
}
