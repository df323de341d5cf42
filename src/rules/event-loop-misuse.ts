import type { CallSite } from "../python/facts.ts";
import { nodeCovering, type SyntaxNode } from "../python/syntax-node.ts";
import { callsTo } from "./calls-to.ts";
import { isInCoroutine } from "./is-in-coroutine.ts";
import { oldEventLoop } from "./old-event-loop.ts";
import type { Repair } from "./repair.ts";
import { replaceWithAwait } from "./replace-with-await.ts";
import { repositoryMentions } from "./repository-mentions.ts";
import type { FileView, Rule } from "./rule.ts";
import { quote } from "./sites.ts";

/** Functions that run an event loop to the end, with what they raise where one is running. */
const RUNNERS: ReadonlyMap<string, string> = new Map([
  ["asyncio.run", "RuntimeError: asyncio.run() cannot be called from a running event loop"],
  ["asyncio.AbstractEventLoop.run_until_complete", "RuntimeError: This event loop is already running"],
  ["asyncio.AbstractEventLoop.run_forever", "RuntimeError: This event loop is already running"],
  ["anyio.run", "RuntimeError: Already running asyncio in this thread"],
  ["trio.run", "RuntimeError: Attempted to call run() from inside a run()"],
  [
    "asgiref.sync.async_to_sync",
    "RuntimeError: You cannot use AsyncToSync in the same thread as an async event loop",
  ],
]);

/** An event loop that is started where one is running, or asked for where there is none. */
export const eventLoopMisuse: Rule = {
  name: "event-loop-misuse",
  code: "YS203",
  severity: "error",
  isOnByDefault: true,
  summary: "An event loop is started inside a running one, or asked for where none is running.",
  family: "other",
  *check(file) {
    for (const { call: found, name } of callsTo(file, NAMES)) {
      if (file.unit.facts.patchedNames.includes(name.slice(name.lastIndexOf(".") + 1))) continue;
      const call = name === "asgiref.sync.async_to_sync" ? calledResult(file, found) : found;
      if (call === null || !runsInLoop(file, call) || !isOwnFramework(file, name) || isGuarded(file, call))
        continue;
      if (allowsNestedLoops(file)) break;
      const repair = repairOf(file, call, name);
      yield {
        span: { start: call.start, end: call.end },
        message: {
          problem: `${quote(file, call)} starts an event loop where one is running already.`,
          reason: `Python raises \`${RUNNERS.get(name)}\`.`,
          remedy:
            repair === null ? "Await the asynchronous function directly." : "Await the coroutine directly.",
        },
        chain: file.certainValue(found.expression.callee, found).hops,
        repair,
      };
    }
    yield* oldEventLoop(file);
  },
};

/** Loops may run in each other: someone applies `nest_asyncio`, as Chainlit does before it loads an application. */
function allowsNestedLoops(file: FileView): boolean {
  if (/^\s*(import|from) chainlit\b/m.test(file.unit.text)) return true;
  return repositoryMentions(file, "nest_asyncio") || repositoryMentions(file, "nest_asyncio2");
}

const NAMES: ReadonlySet<string> = new Set(RUNNERS.keys());

/** `async_to_sync(f)` is only a function; the call of it runs the loop. */
function calledResult(file: FileView, made: CallSite): CallSite | null {
  if (made.position !== "called") return null;
  const isCall = ({ expression: { callee } }: CallSite): boolean =>
    callee.start === made.start && callee.end === made.end;
  return file.calls.find(isCall) ?? null;
}

function runsInLoop(file: FileView, { owner }: CallSite): boolean {
  return (
    isInCoroutine(file, owner) ||
    (file.unit.facts.isNotebook && file.unit.facts.scopes[owner]?.kind === "module")
  );
}

/** asyncio's loop may run in a task of trio's, and the other way round: files that import both are left alone. */
function isOwnFramework({ unit }: FileView, name: string): boolean {
  const imports = (module: string): boolean =>
    new RegExp(`^\\s*(import|from) ${module}\\b`, "m").test(unit.text);
  if (name === "trio.run") return !imports("asyncio");
  return name === "anyio.run" || !(imports("trio") || imports("curio"));
}

/** The code looks itself whether a loop is running, stands under a main guard, or expects the exception. */
function isGuarded(file: FileView, call: CallSite): boolean {
  const { tree } = file;
  const source = (node: SyntaxNode | undefined): string =>
    node === undefined ? "" : tree.text.slice(node.start, node.end);
  let child = nodeCovering(tree.root, call);
  for (let node = child?.parent ?? null; node !== null; child = node, node = node.parent) {
    if (node.type === "except_clause" || node.type === "finally_clause") return true;
    if (node.type === "try_statement") {
      const heads = node.children.filter(({ type }) => type === "except_clause");
      if (heads.some((head) => /^except[^:]*\bRuntimeError\b/.test(source(head)))) return true;
    }
    if (/^(if|while)_statement$|^elif_clause$|^conditional_expression$/.test(node.type)) {
      const condition = node.children.find(({ field }) => field === "condition") ?? node;
      if (/is_running|running_loop|__name__|iscoroutine|isawaitable/.test(source(condition))) return true;
    }
    if (node.type === "function_definition") return false;
  }
  return false;
}

function repairOf(file: FileView, call: CallSite, name: string): Repair | null {
  if (name !== "asyncio.run" && name !== "asyncio.AbstractEventLoop.run_until_complete") return null;
  const [only, more] = call.expression.arguments;
  if (only === undefined || more !== undefined || only.name !== null || only.splat || !call.canAwait)
    return null;
  if (!["call", "name", "attribute"].includes(only.value.kind)) return null;
  const { kind } = file.certainValue(only.value, call);
  // A function that was passed without being called has to be called first.
  if (kind === "function" || kind === "class") return null;
  return {
    title: "Await it directly",
    grade: "A",
    caution: null,
    steps: replaceWithAwait(call, only.value),
  };
}
