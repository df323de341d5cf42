import { mentionsOf, scopeOwner } from "../python/own-scope.ts";
import { namedChildren, type SyntaxNode } from "../python/syntax-node.ts";
import { callsTo } from "./calls-to.ts";
import type { Draft, FileView, Rule } from "./rule.ts";
import { quote } from "./sites.ts";
import { suspends, yields } from "./suspensions.ts";
import { type EnteredCall, enteredCalls, TIMEOUT_SCOPES } from "./timeout-scopes.ts";

/** A timeout around code that never suspends, and a timeout for a thread. */
export const timeoutWithoutAwait: Rule = {
  name: "timeout-without-await",
  code: "YS402",
  severity: "warning",
  isOnByDefault: true,
  summary: "A timeout surrounds code that contains no `await`, so that it never takes effect.",
  family: "other",
  *check(file) {
    for (const entered of enteredCalls(file, TIMEOUT_SCOPES)) {
      if (entered.hasLaterItems || suspends(entered.body) || yields(entered.body)) continue;
      if (isEmpty(entered.body) || isUsed(file, entered)) continue;
      yield {
        span: { start: entered.call.start, end: entered.call.end },
        message: {
          problem: `Nothing in the block of ${quote(file, entered.call)} awaits anything.`,
          reason:
            "A timeout acts by cancelling at an `await`; code without one runs to its end, however long it takes.",
          remedy: "Await what may take long in the block, or remove the timeout.",
        },
        chain: [],
        repair: null,
      };
    }
    yield* threadTimeouts(file);
  },
};

/** `pass` and the like: there is nothing yet that could take long. */
function isEmpty(body: SyntaxNode): boolean {
  return namedChildren(body).every(
    (one) =>
      one.type === "pass_statement" ||
      (one.type === "expression_statement" && /^(ellipsis|string)$/.test(namedChildren(one)[0]?.type ?? "")),
  );
}

/** The scope object is asked, changed or passed on somewhere. */
function isUsed(file: FileView, { target, statement }: EnteredCall): boolean {
  if (target === null) return false;
  const { text } = file.unit;
  const name = text.slice(target.start, target.end);
  const mentions = mentionsOf(name, scopeOwner(statement) ?? file.tree.root, text);
  return !/^\w+$/.test(name) || mentions.some((one) => one.start < target.start || one.end > target.end);
}

const WAIT_FOR = new Set(["asyncio.wait_for"]);
const THREADS = new Set([
  "asyncio.to_thread",
  "asyncio.AbstractEventLoop.run_in_executor",
  "asyncio.events.AbstractEventLoop.run_in_executor",
]);

/** `asyncio.wait_for(asyncio.to_thread(…), …)`: the thread goes on when the time is over. */
function* threadTimeouts(file: FileView): Generator<Draft> {
  const waits = [...callsTo(file, WAIT_FOR)];
  if (waits.length === 0) return;
  const threads = [...callsTo(file, THREADS)].map(({ call }) => call);
  for (const { call } of waits) {
    const [first] = call.expression.arguments;
    const thread = threads.find(({ start, end }) => start === first?.value.start && end === first.value.end);
    if (thread === undefined) continue;
    yield {
      span: { start: call.start, end: call.end },
      message: {
        problem: `The timeout of ${quote(file, call)} does not end the thread.`,
        reason: "When the time is over the caller goes on, and the function keeps running in its thread.",
        remedy: "Give the function a timeout of its own, or make sure that it may go on unattended.",
      },
      chain: [],
      repair: null,
      severity: "info",
    };
  }
}
