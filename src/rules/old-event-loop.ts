import type { CallSite } from "../python/facts.ts";
import { mentionsOf, scopeOwner } from "../python/own-scope.ts";
import { childByField, nodeCovering, type SyntaxNode } from "../python/syntax-node.ts";
import { callsTo } from "./calls-to.ts";
import { isInCoroutine } from "./is-in-coroutine.ts";
import type { Draft, FileView } from "./rule.ts";
import { quote } from "./sites.ts";

const GET_EVENT_LOOP: ReadonlySet<string> = new Set(["asyncio.get_event_loop"]);

/** `asyncio.get_event_loop()`: in a coroutine there is a better function; where no loop is running there is none to get. */
export function* oldEventLoop(file: FileView): Generator<Draft> {
  const { patchedNames } = file.unit.facts;
  if (/\bnest_asyncio/.test(file.unit.text)) return;
  if (patchedNames.includes("get_event_loop") || patchedNames.includes("get_running_loop")) return;
  for (const { call } of callsTo(file, GET_EVENT_LOOP)) {
    if (call.expression.arguments.length > 0) continue;
    const { hops } = file.certainValue(call.expression.callee, call);
    const span = { start: call.start, end: call.end };
    if (isInCoroutine(file, call.owner)) {
      yield {
        span,
        message: {
          problem: `${quote(file, call)} in a coroutine gives the running event loop.`,
          reason:
            "It works; outside coroutines, though, `get_event_loop` warns from Python 3.12 on and raises from 3.14 on.",
          remedy: "Use `asyncio.get_running_loop()`, which says what is meant.",
        },
        chain: hops,
        severity: "info",
        repair: runningLoopRepair(file, call),
      };
    } else if (needsCurrentLoop(file) && isRunHere(file, call)) {
      yield {
        span,
        message: {
          problem: `${quote(file, call)} asks for an event loop where none is running.`,
          reason:
            "Python 3.12 and 3.13 warn `DeprecationWarning: There is no current event loop`; 3.14 raises `RuntimeError`.",
          remedy: "Use `asyncio.run(…)`, or make the loop with `asyncio.new_event_loop()`.",
        },
        chain: hops,
        severity: "warning",
        repair: null,
      };
    }
  }
}

function runningLoopRepair(file: FileView, call: CallSite): Draft["repair"] {
  const { callee } = call.expression;
  if (callee.kind !== "attribute") return null;
  const written = file.unit.text.slice(callee.start, callee.end);
  if (!written.endsWith("get_event_loop")) return null;
  return {
    title: "Use `get_running_loop`",
    grade: "A",
    caution: null,
    steps: [
      {
        kind: "replace",
        span: { start: callee.end - "get_event_loop".length, end: callee.end },
        text: "get_running_loop",
      },
    ],
  };
}

/** The project runs on Python 3.12 and newer only, and the file sets no loop that could be got. */
function needsCurrentLoop({ project, unit }: FileView): boolean {
  const [major = 0, minor = 0] = project.source.pythonVersion?.() ?? [];
  return (major > 3 || (major === 3 && minor >= 12)) && !/\bset_event_loop(_policy)?\(/.test(unit.text);
}

/** The same body starts the loop that it got, so that none can be running; not under a main guard. */
function isRunHere(file: FileView, call: CallSite): boolean {
  const { tree } = file;
  const node = nodeCovering(tree.root, call);
  if (node === null || isUnderMainGuard(node, tree.text)) return false;
  if (call.position === "attribute") return isRunner(node, tree.text);
  if (call.position !== "assigned" || node.parent?.type !== "assignment") return false;
  const left = childByField(node.parent, "left");
  if (left?.type !== "identifier") return false;
  const owner = scopeOwner(node) ?? tree.root;
  const mentions = mentionsOf(tree.text.slice(left.start, left.end), owner, tree.text);
  return mentions.some((one) => (scopeOwner(one) ?? tree.root) === owner && isRunner(one, tree.text));
}

/** `loop.run_until_complete(…)`, `loop.run_forever()` */
function isRunner(loop: SyntaxNode, text: string): boolean {
  const { parent } = loop;
  if (parent?.type !== "attribute" || loop.field !== "object" || parent.field !== "function") return false;
  return /\.\s*(run_until_complete|run_forever)$/.test(text.slice(loop.end, parent.end));
}

function isUnderMainGuard(node: SyntaxNode, text: string): boolean {
  for (let outer = node.parent; outer !== null; outer = outer.parent) {
    if (outer.type === "function_definition") return false;
    const condition = outer.type === "if_statement" ? childByField(outer, "condition") : null;
    if (condition !== null && text.slice(condition.start, condition.end).includes("__name__")) return true;
  }
  return false;
}
