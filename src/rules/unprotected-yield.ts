import { enclosing } from "../python/own-scope.ts";
import { childByField, descendants, namedChildren, nodeAt, type SyntaxNode } from "../python/syntax-node.ts";
import { type ContextManagerFunction, contextManagerFunctions } from "./context-manager-functions.ts";
import type { Repair } from "./repair.ts";
import type { FileView, Rule } from "./rule.ts";
import { quote } from "./sites.ts";

// Names of calls that give something back; others may make sense after success only (`commit`), or change nothing.
const CLEANS_UP =
  /^_*(a?close|disconnect|release|stop|shutdown|terminate|kill|clean_?up|tear_?down|dispose|unlink|rmtree|rmdir|remove|unregister|unsubscribe|detach|restore|unlock|uninstall|log_?out|deactivate|drop_all|quit|a?exit|stop_\w+|close_\w+|shutdown_\w+|remove_\w+|cleanup_\w+|\w+_(close|cleanup|stop|shutdown|teardown))$/;
/** Most lines that a suggestion moves. */
const MAX_LINES = 5;

/** Clean-up after the `yield` of a context manager function that an exception in the body skips. */
export const unprotectedYield: Rule = {
  name: "unprotected-yield",
  code: "YS501",
  severity: "warning",
  isOnByDefault: true,
  summary: "Clean-up after the `yield` of a context manager function is skipped when the body raises.",
  family: "other",
  *check(file) {
    for (const one of contextManagerFunctions(file)) {
      if (isLifespan(file, one)) continue;
      for (const { start, end, isFrom } of one.facts.yields) {
        const statement = isFrom ? null : statementOf(nodeAt(file.tree.root, { start, end }, "yield"));
        const cleanup = statement === null ? null : cleanupAfter(file, one, statement);
        if (statement === null || cleanup === null) continue;
        yield {
          span: { start, end },
          message: {
            problem: `${quote(file, cleanup)} does not run when the body of the \`with\` block raises.`,
            reason: `Python raises the exception at this \`yield\`, and what stands after it in \`${one.facts.name}\` is skipped.`,
            remedy: "Put the `yield` in `try:` and the clean-up in `finally:`.",
          },
          chain: [
            {
              path: file.path,
              line: file.unit.locate(cleanup).line,
              text: `${quote(file, cleanup)} is reached only when the body ends normally`,
            },
          ],
          repair: repairOf(file, statement),
        };
      }
    }
  },
};

/** What runs while an application runs: it ends with the process, and frameworks show it without `finally`. */
function isLifespan({ unit }: FileView, { facts }: ContextManagerFunction): boolean {
  if (/lifespan/i.test(facts.name)) return true;
  return new RegExp(`\\b\\w*lifespan\\w*\\s*=\\s*(\\w+\\.)*${facts.name}\\b`, "i").test(unit.text);
}

/** The statement that is a `yield` or assigns one. */
function statementOf(node: SyntaxNode | null): SyntaxNode | null {
  let outer = node?.parent ?? null;
  while (outer?.type === "parenthesized_expression" || outer?.type === "assignment") outer = outer.parent;
  return outer?.type === "expression_statement" ? outer : null;
}

/** The first statement after a `yield` on its normal way that cleans up, unless something protects it. */
function cleanupAfter(
  file: FileView,
  { body }: ContextManagerFunction,
  statement: SyntaxNode,
): SyntaxNode | null {
  if (enclosing(statement, "try_statement", "while_statement", "for_statement", "match_statement") !== null)
    return null;
  const { text } = file.unit;
  for (let node: SyntaxNode | null = statement; node !== null && node !== body; node = node.parent) {
    if (node.parent?.type !== "block") continue;
    const following = namedChildren(node.parent).filter((one) => one.start >= (node?.end ?? 0));
    for (const one of following) {
      const call = callOf(one, text);
      if (call !== null && CLEANS_UP.test(call.name) && !isOwnedAround(statement, call.receiver, text))
        return one;
    }
  }
  return null;
}

/** The call of `call()`, `await call()` as a statement: its last name and what it is called on. */
function callOf(statement: SyntaxNode, text: string): { name: string; receiver: string } | null {
  if (statement.type !== "expression_statement") return null;
  let [node] = namedChildren(statement);
  if (node?.type === "await") [node] = namedChildren(node);
  const callee = node?.type === "call" ? childByField(node, "function") : null;
  if (callee === null) return null;
  const path = text.slice(callee.start, callee.end);
  if (!/^[\w.]+$/.test(path)) return null;
  const at = path.lastIndexOf(".");
  return { name: path.slice(at + 1), receiver: path.slice(0, Math.max(0, at)) };
}

/** A `with` around the `yield` enters the very object, or a stack that clean-up was given to. */
function isOwnedAround(statement: SyntaxNode, receiver: string, text: string): boolean {
  const [root] = receiver.split(".");
  for (
    let outer = enclosing(statement, "with_statement");
    outer !== null;
    outer = enclosing(outer, "with_statement")
  ) {
    const clause = outer.children.find(({ type }) => type === "with_clause");
    // A stack may hold the same clean-up for the case of an exception.
    if (/\.(push\w*|callback)\(/.test(text.slice(outer.start, statement.start))) return true;
    for (const node of clause === undefined ? [] : descendants(clause))
      if (node.type === "identifier" && text.slice(node.start, node.end) === root) return true;
  }
  return false;
}

function repairOf({ unit }: FileView, statement: SyntaxNode): Repair | null {
  const rest = namedChildren(statement.parent ?? statement).filter((one) => one.start >= statement.end);
  const first = rest[0];
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return null;
  const lines = unit.text.slice(first.start, last.end).split("\n").length;
  // What depends on success, and definitions that are used later, must not run in `finally`.
  const isMovable = rest.every((one) => callOf(one, unit.text) !== null);
  if (lines > MAX_LINES || !isMovable) return null;
  return {
    title: "Clean up in `finally`",
    grade: "B",
    caution: "The clean-up now also runs when the body raises.",
    steps: [
      {
        kind: "protect-yield",
        statement: { start: statement.start, end: statement.end },
        rest: { start: first.start, end: last.end },
      },
    ],
  };
}
