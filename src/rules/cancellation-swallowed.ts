import { toExpression } from "../python/expression.ts";
import type { Span } from "../python/location.ts";
import { enclosing, scopeOwner } from "../python/own-scope.ts";
import {
  childByField,
  descendants,
  hasToken,
  namedChildren,
  type SyntaxNode,
} from "../python/syntax-node.ts";
import { namesOf } from "./calls-to.ts";
import { handsOnCancellation, isInRaisingHandler, isShutdown, raisesItself } from "./cancellation-idioms.ts";
import { isTestFile } from "./is-test-file.ts";
import { positionAt } from "./position-at.ts";
import { isIdle, raiseRepair } from "./raise-repair.ts";
import type { Draft, FileView, Rule } from "./rule.ts";
import { quote } from "./sites.ts";
import { suspends } from "./suspensions.ts";
import { enteredCalls } from "./timeout-scopes.ts";

const MAY_CATCH =
  /\bexcept\s*\*?\s*:|\bBaseException\b|\bCancelledError\b|\btrio\.Cancelled\b|\bget_cancelled_exc_class\b/;
const SUPPRESS: ReadonlySet<string> = new Set(["contextlib.suppress"]);
const CANCELLED: ReadonlySet<string> = new Set([
  "asyncio.CancelledError",
  "asyncio.exceptions.CancelledError",
  "trio.Cancelled",
  "builtins.BaseException",
]);

/** An `except` clause (or `suppress`) that ends a cancellation instead of passing it on. */
export const cancellationSwallowed: Rule = {
  name: "cancellation-swallowed",
  code: "YS401",
  severity: "warning",
  isOnByDefault: true,
  summary: "A cancellation is caught and not passed on.",
  family: "other",
  *check(file) {
    // Tests swallow cancellations to see what the code under test does.
    if (!MAY_CATCH.test(file.unit.text) || isTestFile(file.path)) return;
    for (const node of descendants(file.tree.root)) {
      if (node.type !== "try_statement") continue;
      const draft = checkTry(file, node);
      if (draft !== null) yield draft;
    }
    for (const { call, statement, body } of enteredCalls(file, SUPPRESS)) {
      const owner = asyncOwner(statement);
      const caught = call.expression.arguments.find(({ value }) =>
        namesOf(file, value, call).some(isCancelled),
      );
      if (owner === null || caught === undefined || !suspends(body)) continue;
      if (isShutdown(body, owner, file.unit.text) || isShielded(statement, file.unit.text)) continue;
      yield draftOf(file, call, quote(file, call), statement, owner, null);
    }
  },
};

function isCancelled(name: string): boolean {
  return CANCELLED.has(name);
}

/** The `async def` that runs a node itself. */
function asyncOwner(node: SyntaxNode): SyntaxNode | null {
  const owner = scopeOwner(node);
  return owner?.type === "function_definition" && hasToken(owner, "async") ? owner : null;
}

function checkTry(file: FileView, node: SyntaxNode): Draft | null {
  const { text } = file.unit;
  const { brokenRegions } = file.unit.facts;
  const owner = asyncOwner(node);
  const body = childByField(node, "body");
  if (owner === null || body === null || !suspends(body)) return null;
  if (brokenRegions.some(({ start, end }) => start < node.end && node.start < end)) return null;
  // The first clause that catches a cancellation is the one that decides.
  const clause = node.children.find(
    (child) => /^except_(group_)?clause$/.test(child.type) && caughtBy(file, child).some(isCancelled),
  );
  const block = clause === undefined ? undefined : namedChildren(clause).find(({ type }) => type === "block");
  if (clause === undefined || block === undefined) return null;
  if (handsOnCancellation(file, clause, block, owner) || isInRaisingHandler(node)) return null;
  if (isShutdown(body, owner, text) || raisesItself(body, text) || isShielded(node, text)) return null;
  const head = headOf(clause);
  const draft = draftOf(file, head, quote(file, head), node, owner, raiseRepair(clause, block, text));
  const isMeant = !caughtBy(file, clause).includes("builtins.BaseException");
  // A handler that names the cancellation and does something about it, or says why not, is a decision.
  const isExplained = text.slice(head.end, clause.end).split("\n").slice(1).join("\n").includes("#");
  const isDecision = isMeant && (endsFunction(block, node) || !isIdle(block, text) || isExplained);
  return isDecision ? { ...draft, severity: "info" } : draft;
}

/**
 * The handler names the cancellation and the function has nothing else to do after it: whoever awaits the task sees it
 * end, if not as cancelled.
 */
function endsFunction(block: SyntaxNode, statement: SyntaxNode): boolean {
  const last = namedChildren(block).at(-1);
  if (last?.type === "return_statement") return namedChildren(last).length === 0;
  let mayLeaveLoop = last?.type === "break_statement";
  let node = statement;
  for (let outer = node.parent; outer !== null; node = outer, outer = outer.parent) {
    if (outer.type === "function_definition") return true;
    if (outer.type === "block" && namedChildren(outer).at(-1) !== node) return false;
    if (outer.type !== "while_statement" && outer.type !== "for_statement") continue;
    if (!mayLeaveLoop) return false;
    mayLeaveLoop = false;
  }
  return false;
}

/** `except (A, B) as e` without the colon. */
function headOf(clause: SyntaxNode): Span {
  const colon = clause.children.find(({ type }) => type === ":");
  return { start: clause.start, end: colon?.start ?? clause.end };
}

/** Names of the classes that a clause catches; those of `BaseException` for a bare one. */
function caughtBy(file: FileView, clause: SyntaxNode): string[] {
  const caught = namedChildren(clause).filter(({ type }) => type !== "block");
  if (caught.length === 0) return ["builtins.BaseException"];
  return caught.flatMap((one) => {
    const [inner] = one.type === "as_pattern" ? namedChildren(one) : [one];
    if (inner === undefined) return [];
    const all = inner.type === "tuple" ? namedChildren(inner) : [inner];
    return all.flatMap((each) => {
      const expression = toExpression(each, file.unit.text);
      const position = positionAt(file, each);
      if (expression.kind !== "call") return namesOf(file, expression, position);
      const factories = namesOf(file, expression.callee, position);
      return factories.includes("anyio.get_cancelled_exc_class") ? ["trio.Cancelled"] : [];
    });
  });
}

/** Within `CancelScope(shield=True)` no cancellation from outside arrives. */
function isShielded(node: SyntaxNode, text: string): boolean {
  for (
    let outer = enclosing(node, "with_statement");
    outer !== null;
    outer = enclosing(outer, "with_statement")
  ) {
    const body = childByField(outer, "body");
    if (/\bshield\s*=\s*True\b/.test(text.slice(outer.start, body?.start ?? outer.start))) return true;
  }
  return false;
}

function draftOf(
  file: FileView,
  span: Span,
  what: string,
  statement: SyntaxNode,
  owner: SyntaxNode,
  repair: Draft["repair"],
): Draft {
  const name = childByField(owner, "name");
  const isMain = name !== null && /^_*(main|run_main)$/.test(file.unit.text.slice(name.start, name.end));
  const last = namedChildren(childByField(owner, "body") ?? owner).at(-1);
  const draft: Draft = {
    span: { start: span.start, end: span.end },
    message: {
      problem: `${what} catches a cancellation and does not pass it on.`,
      reason:
        "A task is cancelled by an exception raised at its `await`; caught, the task goes on, and `task.cancel()`, timeouts and task groups wait for it or believe that it ended normally.",
      remedy: "Clean up and `raise` again, or catch `Exception` only.",
    },
    chain: [],
    repair,
  };
  // Where the whole program ends, nobody waits for the cancellation.
  return isMain && last === statement ? { ...draft, severity: "info" } : draft;
}
