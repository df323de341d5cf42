import type { Place } from "../project/project.ts";
import type { CallSite } from "../python/facts.ts";
import type { Span } from "../python/location.ts";
import { callsInCoroutines, severityIn } from "./blocking-sites.ts";
import { queriedModel } from "./django-queries.ts";
import type { Severity } from "./finding.ts";
import { isTestFile } from "./is-test-file.ts";
import type { Repair } from "./repair.ts";
import type { FileView } from "./rule.ts";
import { sitesOf } from "./sites.ts";

/** A place in a coroutine where Django's ORM asks the database synchronously. */
export interface DjangoQuery {
  readonly span: Span;
  readonly severity: Severity;
  /** What to write instead. */
  readonly remedy: string;
  readonly repair: Repair | null;
}

/** Methods that ask the database and have an asynchronous twin with an `a` in front. */
const TERMINALS =
  /^(get|first|last|count|exists|create|update|delete|get_or_create|update_or_create|bulk_create|bulk_update|aggregate|earliest|latest|in_bulk|contains)$/;
/** Twins that one click may put in; since Django 4.1. */
const REPAIRED = /^(get|first|last|count|exists|create|update|delete|get_or_create|update_or_create)$/;
/** Builtins that run a queryset. */
const RUNNING = /^(list|len|bool|tuple|set|sorted)$/;

/** Queries of Django models that a coroutine makes itself. */
export function* djangoQueries(file: FileView): Generator<DjangoQuery> {
  if (!/\bobjects\b/.test(file.unit.text)) return;
  for (const { call, owner } of callsInCoroutines(file)) {
    const { callee, arguments: given } = call.expression;
    const place: Place = { file: file.path, scope: call.scope, block: call.block, at: call.start };
    const severity = severityIn(file, call, owner);
    if (callee.kind === "attribute" && TERMINALS.test(callee.name)) {
      if (queriedModel(file, callee.object, place, callee.name) === null) continue;
      const isRepaired = call.canAwait && REPAIRED.test(callee.name) && hasTwins(file);
      const remedy = `Use \`await ….a${callee.name}(…)\` (Django 4.1 and later).`;
      yield { span: call, severity, remedy, repair: isRepaired ? twinRepair(call, callee.name) : null };
    } else if (callee.kind === "name" && RUNNING.test(callee.name) && given.length === 1) {
      const [only] = given;
      if (only === undefined || only.splat || queriedModel(file, only.value, place, "__iter__") === null)
        continue;
      const remedy =
        callee.name === "len"
          ? "Use `await ….acount()`."
          : callee.name === "bool"
            ? "Use `await ….aexists()`."
            : "Collect the rows with `[row async for row in …]`.";
      yield { span: call, severity, remedy, repair: null };
    }
  }
  yield* loops(file);
}

/** `for row in User.objects.all()` */
function* loops(file: FileView): Generator<DjangoQuery> {
  const { facts } = file.unit;
  for (const site of sitesOf(file, "iterate")) {
    const { isAsync, form, canBeAsync, outer } = site.consumption;
    if (isAsync || (form !== "for" && form !== "clause")) continue;
    const owner = facts.functions[facts.scopes[site.use.owner]?.subject ?? -1];
    if (owner?.isAsync !== true || facts.scopes[site.use.owner]?.kind !== "function") continue;
    const place: Place = { file: file.path, scope: site.use.scope, block: site.use.block, at: site.start };
    if (queriedModel(file, site.use.expression, place, "__iter__") === null) continue;
    const repair: Repair = {
      title: "Use `async for`",
      grade: "A",
      caution: null,
      steps: [{ kind: "async-for", loop: outer }],
    };
    yield {
      span: { start: site.start, end: site.end },
      severity: isTestFile(file.path) ? "info" : "warning",
      remedy: "Use `async for` (Django 4.1 and later).",
      repair: canBeAsync && hasTwins(file) ? repair : null,
    };
  }
}

function hasTwins({ project }: FileView): boolean {
  return project.source.isAtLeast("django", "4.1");
}

/** `….get(…)` → `await ….aget(…)` */
export function twinRepair(call: CallSite, method: string): Repair {
  const { end } = call.expression.callee;
  return {
    title: `Use \`await ….a${method}(…)\``,
    grade: "A",
    caution: null,
    steps: [
      { kind: "insert-await", call },
      { kind: "replace", span: { start: end - method.length, end }, text: `a${method}` },
    ],
  };
}
