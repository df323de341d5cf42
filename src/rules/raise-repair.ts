import { childByField, namedChildren, type SyntaxNode } from "../python/syntax-node.ts";
import type { Repair } from "./repair.ts";

const LOGS = /\.(debug|info|warn|warning|error|exception|critical|log)$|^print$/;

/** `raise` at the end of a handler that does nothing, or nothing but write to a log. */
export function raiseRepair(clause: SyntaxNode, block: SyntaxNode, text: string): Repair | null {
  const catchesSeveral = namedChildren(clause).some((one) => {
    const [inner] = one.type === "as_pattern" ? namedChildren(one) : [one];
    return inner?.type === "tuple";
  });
  const statements = namedChildren(block);
  const last = statements.at(-1);
  const start = text.lastIndexOf("\n", (last?.start ?? 0) - 1) + 1;
  const indentation = text.slice(start, last?.start ?? 0);
  if (catchesSeveral || clause.type !== "except_clause" || last === undefined || indentation.trim() !== "")
    return null;
  if (!isIdle(block, text) || last.type === "continue_statement") return null;
  const lineEnd = text.indexOf("\n", last.end);
  const end = lineEnd === -1 ? text.length : text[lineEnd - 1] === "\r" ? lineEnd - 1 : lineEnd;
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const step =
    last.type === "pass_statement"
      ? ({ kind: "replace", span: { start: last.start, end: last.end }, text: "raise" } as const)
      : ({ kind: "replace", span: { start: end, end }, text: `${newline}${indentation}raise` } as const);
  return {
    title: "Raise the cancellation again",
    grade: "B",
    caution: "The function now ends here when it is cancelled; what stands after the `try` does not run.",
    steps: [step],
  };
}

/** Nothing is done in the block, but for writing to a log. */
export function isIdle(block: SyntaxNode, text: string): boolean {
  return namedChildren(block).every(
    (one) => one.type === "pass_statement" || one.type === "continue_statement" || isLog(one, text),
  );
}

function isLog(statement: SyntaxNode, text: string): boolean {
  const [call] = namedChildren(statement);
  const callee = call?.type === "call" ? childByField(call, "function") : null;
  return callee !== null && LOGS.test(text.slice(callee.start, callee.end));
}
