import { linearize } from "../project/linearize.ts";
import { isLibrary, methodsOf } from "../project/project.ts";
import { withoutNone } from "../project/values.ts";
import type { Expression } from "../python/expression.ts";
import type { Consumption } from "../python/facts.ts";
import { asyncSleepName } from "./async-sleep.ts";
import { importedName } from "./imported-name.ts";
import type { Repair } from "./repair.ts";
import type { FileView, Rule, UseSite } from "./rule.ts";
import { quote, sitesOf } from "./sites.ts";

type AwaitSite = UseSite<Extract<Consumption, { way: "await" }>>;

/** `await` in front of a plain value. */
export const awaitNonAwaitable: Rule = {
  name: "await-non-awaitable",
  code: "YS116",
  severity: "error",
  isOnByDefault: true,
  summary: "`await` is applied to a value that cannot be awaited.",
  family: "non-awaitable",
  *check(file) {
    for (const site of sitesOf(file, "await")) {
      const { awaitable, asyncContextManager, asyncIterable } = site.capabilities;
      if (!isSelfEvident(site.use.expression) || site.value.kind === "function") continue;
      if (awaitable !== "no" || asyncContextManager === "yes" || asyncIterable === "yes") continue;
      if (isAnnotatedAsSyncTwin(file, site) || isMethodOfCoroutine(file, site)) continue;
      yield {
        span: site.consumption.outer,
        message: {
          problem: `${quote(file, site)} gives ${nounOf(site)}, which cannot be awaited.`,
          reason:
            "Python runs the call and then raises `TypeError: object … can't be used in 'await' expression`.",
          remedy: isSleep(file, site)
            ? "Use `await asyncio.sleep(…)`; `time.sleep` also blocks the event loop."
            : isDisplay(site.use.expression)
              ? "Await the items, for instance with `await asyncio.gather(…)`."
              : "Remove the `await`.",
        },
        chain: site.value.hops,
        repair: repairOf(file, site),
      };
    }
  },
};

/** Expressions whose value the expression itself decides; a name may have been tested or replaced on the way. */
function isSelfEvident(expression: Expression): boolean {
  return ["call", "literal", "string", "await"].includes(expression.kind);
}

/**
 * The receiver is only annotated as a library's class, and the whole class is synchronous (`Session`, `Client`):
 * what is passed may well be its asynchronous twin, and the annotation the mistake.
 */
function isAnnotatedAsSyncTwin({ project, path }: FileView, { use, start }: AwaitSite): boolean {
  const { expression, scope, block } = use;
  if (expression.kind !== "call" || expression.callee.kind !== "attribute") return false;
  const place = { file: path, scope, block, at: start };
  const receiver = withoutNone(project.evaluate(expression.callee.object, place));
  if (receiver.kind !== "instance" || receiver.isExact || !isLibrary(receiver.reference.file)) return false;
  return linearize(project, receiver.reference).every((reference) => {
    const functions = reference === null ? [] : methodsOf(project, reference);
    return functions.every((method) => !method.isAsync && !/^__a/.test(method.name));
  });
}

/** `await connect().close()`: the `await` that is missing is the one of `connect()`. */
function isMethodOfCoroutine({ project, path }: FileView, { use, start }: AwaitSite): boolean {
  const { expression, scope, block } = use;
  if (expression.kind !== "call" || expression.callee.kind !== "attribute") return false;
  const place = { file: path, scope, block, at: start };
  return project.evaluate(expression.callee.object, place).kind === "coroutine";
}

function isDisplay(expression: Expression): boolean {
  return (
    expression.kind === "literal" &&
    (expression.type === "list" || expression.type === "tuple" || expression.type === "set")
  );
}

function nounOf({ value }: AwaitSite): string {
  switch (value.kind) {
    case "none":
      return "`None`";
    case "generator":
      return "a synchronous generator";
    case "context-manager":
      return "a synchronous context manager";
    case "instance":
      return "a plain object";
    default:
      return "a plain value";
  }
}

function isSleep(file: FileView, { use }: AwaitSite): boolean {
  const { expression } = use;
  if (expression.kind !== "call") return false;
  const { callee } = expression;
  const name = importedName(file, "time", "sleep");
  return name !== null && file.unit.text.slice(callee.start, callee.end) === name;
}

function repairOf(file: FileView, site: AwaitSite): Repair | null {
  const { expression } = site.use;
  const { outer } = site.consumption;
  if (isDisplay(expression)) return gatherRepair(file, site);
  if (expression.kind === "literal" || expression.kind === "string") return null;
  if (isSleep(file, site)) return sleepRepair(file, site);
  if (site.value.kind === "generator" || site.value.kind === "context-manager") return null;
  const isPlain = expression.kind === "await" || isKnownSync(file, site);
  return isPlain
    ? { title: "Remove `await`", grade: "A", caution: null, steps: [{ kind: "drop-await", awaited: outer }] }
    : null;
}

/** `await time.sleep(x)` → `await asyncio.sleep(x)`. */
function sleepRepair(file: FileView, { use }: AwaitSite): Repair | null {
  const sleep = asyncSleepName(file);
  if (sleep === null || use.expression.kind !== "call") return null;
  return {
    title: `Use \`${sleep}\``,
    grade: "A",
    caution: null,
    steps: [{ kind: "replace", span: use.expression.callee, text: sleep }],
  };
}

/** The callee is a library function, or a `def` of this repository. */
function isKnownSync(file: FileView, { use, start }: AwaitSite): boolean {
  const { expression, scope, block } = use;
  if (expression.kind !== "call") return false;
  const callee = file.project.evaluate(expression.callee, { file: file.path, scope, block, at: start });
  if (callee.kind === "class") return false;
  if (callee.kind !== "function") return callee.kind === "instance" && isLibrary(callee.reference.file);
  return true;
}

/** `await [a(), b()]` → `await asyncio.gather(a(), b())`. */
function gatherRepair(file: FileView, site: AwaitSite): Repair | null {
  const { expression, scope, block } = site.use;
  const gather = importedName(file, "asyncio", "gather");
  if (
    gather === null ||
    expression.kind !== "literal" ||
    expression.type === "set" ||
    expression.items.length === 0
  )
    return null;
  const place = { file: file.path, scope, block, at: site.start };
  const isAllCoroutines = expression.items.every(
    (item) => file.project.evaluate(item, place).kind === "coroutine",
  );
  const text = file.unit.text.slice(expression.start, expression.end);
  const isDelimited = /^[[(][\s\S]*[\])]$/.test(text);
  if (!isAllCoroutines || !isDelimited) return null;
  return {
    title: "Await them together with `asyncio.gather`",
    grade: "B",
    caution: "The calls run at the same time; their results come as a list.",
    steps: [
      { kind: "replace", span: { start: expression.start, end: expression.start + 1 }, text: `${gather}(` },
      { kind: "replace", span: { start: expression.end - 1, end: expression.end }, text: ")" },
    ],
  };
}
