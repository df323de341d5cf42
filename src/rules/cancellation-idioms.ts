import { enclosing, mentionsOf, ownNodes } from "../python/own-scope.ts";
import { childByField, hasToken, namedChildren, type SyntaxNode } from "../python/syntax-node.ts";
import type { FileView } from "./rule.ts";

const REPORTS =
  /^(\w+\.)*(print|repr|str|format|isinstance|type|debug|info|warn|warning|error|exception|critical|log|print_exc|format_exc)$/;
const ENDS = /^(sys\.exit|os\._exit|exit|quit|sys\.exc_info)$/;

/**
 * True when a clause raises again, ends the program, gives the exception to somebody else (`future.set_exception(e)`),
 * or when the function asks the task how often it was cancelled (`uncancel`, `cancelling`).
 */
export function handsOnCancellation(
  file: FileView,
  clause: SyntaxNode,
  block: SyntaxNode,
  owner: SyntaxNode,
): boolean {
  const { text } = file.unit;
  for (const node of ownNodes(block)) {
    if (node.type === "raise_statement") return true;
    if (node.type === "call" && ENDS.test(calleeText(node, text))) return true;
  }
  if (/\.(uncancel|cancelling)\(\)/.test(text.slice(owner.start, owner.end))) return true;
  const name = boundName(clause, text);
  return name !== null && mentionsOf(name, block, text).some((mention) => !isReported(mention, text));
}

function boundName(clause: SyntaxNode, text: string): string | null {
  const pattern = namedChildren(clause).find(({ type }) => type === "as_pattern");
  const target = pattern === undefined ? null : childByField(pattern, "alias");
  return target === null ? null : text.slice(target.start, target.end);
}

/** The exception is only written to a log. */
function isReported(mention: SyntaxNode, text: string): boolean {
  for (let node: SyntaxNode | null = mention; node !== null && node.type !== "block"; node = node.parent)
    if (node.type === "call" && REPORTS.test(calleeText(node, text))) return true;
  return false;
}

function calleeText(call: SyntaxNode, text: string): string {
  const callee = childByField(call, "function");
  return callee === null ? "" : text.slice(callee.start, callee.end);
}

const WAITS = /^((\w+\.)*)(gather|wait|wait_for|shield)$/;

/**
 * True for the way in which tasks are shut down: all that the body awaits are tasks, whose own cancellation is what is
 * caught. They are given by name, or the function cancels them before.
 */
export function isShutdown(body: SyntaxNode, owner: SyntaxNode, text: string): boolean {
  const cancelsBefore = /\.cancel\(|\bcancel_\w+\(|\.stop\(|\.shutdown\(/.test(
    text.slice(owner.start, body.start),
  );
  for (const node of ownNodes(body)) {
    if (node.type === "for_statement" || node.type === "for_in_clause") {
      if (hasToken(node, "async")) return false;
    } else if (node.type === "with_statement" && hasToken(node, "async")) {
      if (!/timeout/.test(text.slice(node.start, childByField(node, "body")?.start))) return false;
    } else if (node.type === "await" && node.isNamed) {
      const [operand] = namedChildren(node);
      if (operand?.type === "call" && !cancelsBefore && !isWaitForTasks(operand, text)) return false;
    }
  }
  return true;
}

/** The statement cleans up in a handler that raises again, whatever happens here. */
export function isInRaisingHandler(statement: SyntaxNode): boolean {
  for (
    let clause = enclosing(statement, "except_clause");
    clause !== null;
    clause = enclosing(clause, "except_clause")
  )
    for (const node of ownNodes(clause))
      if (node.type === "raise_statement" && node.start > statement.end) return true;
  return false;
}

/** The body raises the cancellation itself, to leave by it. */
export function raisesItself(body: SyntaxNode, text: string): boolean {
  for (const node of ownNodes(body))
    if (node.type === "raise_statement" && /\bCancelled(Error)?\b/.test(text.slice(node.start, node.end)))
      return true;
  return false;
}

/** `gather`, `wait`, `wait_for` or `shield` of tasks that are not made here. */
function isWaitForTasks(call: SyntaxNode, text: string): boolean {
  const list = childByField(call, "arguments");
  if (!WAITS.test(calleeText(call, text)) || list === null) return false;
  return [...ownNodes(list)].every((node) => {
    if (node.type === "call") return WAITS.test(calleeText(node, text));
    return node.type !== "await";
  });
}
