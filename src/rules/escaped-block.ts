import type { CallSite } from "../python/facts.ts";
import { descendants, hasToken, namedChildren, nodeAt, type SyntaxNode } from "../python/syntax-node.ts";
import { isInCoroutine } from "./is-in-coroutine.ts";
import type { FileView } from "./rule.ts";

/** The block that a returned coroutine leaves before it has run. */
export interface EscapedBlock {
  readonly form: "with" | "async with" | "try";
  /** For `try`: it has `except` clauses, which will not see the coroutine's exceptions. */
  readonly hasHandlers: boolean;
  /** The context manager only measures or describes what happens in it. */
  readonly isTracing: boolean;
}

const HARMLESS = /\b(nullcontext|suppress|raises|warns|assert\w+)\b/;
const TRACING = /span|trac|timer|timed|profil|\blog|metric|measure|observ|instrument/i;

/** The innermost `with`, `async with` or `try` of the same function whose work the coroutine misses, or null. */
export function escapedBlock(file: FileView, call: CallSite): EscapedBlock | null {
  const { tree } = file;
  let child = nodeAt(tree.root, call, "call");
  for (let node = child?.parent ?? null; node !== null && child !== null; child = node, node = node.parent) {
    if (/^(function_definition|class_definition|lambda)$/.test(node.type)) return null;
    if (node.type === "with_statement" && child.field === "body") {
      const head = tree.text.slice(node.start, child.start);
      if (HARMLESS.test(head) || isHandedOn(head, tree.text.slice(child.start, child.end))) continue;
      if (!isInCoroutine(file, call.owner) && isDoneWith(node, child, call, tree.text)) continue;
      const form = hasToken(node, "async") ? "async with" : "with";
      return { form, hasHandlers: false, isTracing: TRACING.test(head) };
    }
    if (node.type !== "try_statement" || child.type === "finally_clause") continue;
    const handlers = node.children.filter(
      (one) => one.type.startsWith("except") && !onlyRaises(one, tree.text),
    );
    const isGuarded = child.field === "body" && handlers.length > 0;
    if (isGuarded && (isInCoroutine(file, call.owner) || isOnlyStatement(child, tree.text, handlers)))
      return { form: "try", hasHandlers: true, isTracing: false };
    const last = node.children.find(({ type }) => type === "finally_clause");
    if (last !== undefined && !onlyLogs(last, tree.text))
      return { form: "try", hasHandlers: false, isTracing: false };
  }
  return null;
}

/**
 * In a plain function: every context manager gives a name, and the call gets none of these objects itself, only what
 * was read from them (`with open(p) as file: return send(file.read())`).
 */
function isDoneWith(statement: SyntaxNode, body: SyntaxNode, call: CallSite, text: string): boolean {
  const names = new Set<string>();
  let items = 0;
  for (const node of descendants(statement)) {
    if (node.start >= body.start) break;
    if (node.type === "with_item") items += 1;
    if (node.type === "as_pattern_target") names.add(text.slice(node.start, node.end));
  }
  const returned = nodeAt(body, call, "call");
  if (names.size < items || returned === null) return false;
  for (const node of descendants(returned)) {
    if (node.type !== "identifier" || !names.has(text.slice(node.start, node.end))) continue;
    const isReceiver = node.field === "object" && node.parent?.parent?.type === "call";
    if (node.field !== "attribute" && (!isReceiver || node.parent?.parent === returned)) return false;
  }
  return true;
}

/** What an `ExitStack` holds is not left where the block takes it away with `pop_all`. */
function isHandedOn(head: string, body: string): boolean {
  return head.includes("ExitStack") && body.includes("pop_all");
}

const CREATION_ERRORS =
  /\b(AttributeError|TypeError|NameError|ImportError|ModuleNotFoundError|KeyError|IndexError|LookupError)\b/;

/**
 * In a plain function a `try` may guard what makes the coroutine: lookups, arguments, other statements. It is only
 * certain to be meant for the coroutine where nothing else in it could fail.
 */
function isOnlyStatement(body: SyntaxNode, text: string, handlers: readonly SyntaxNode[]): boolean {
  const [statement, more] = namedChildren(body);
  if (statement?.type !== "return_statement" || more !== undefined) return false;
  const heads = handlers.map((one) => text.slice(one.start, one.end).split("\n")[0] ?? "");
  if (heads.some((head) => CREATION_ERRORS.test(head))) return false;
  let calls = 0;
  for (const { type } of descendants(statement)) {
    if (type === "call") calls += 1;
    if (type === "subscript" || type === "binary_operator") return false;
  }
  return calls === 1;
}

/** `except …: raise` leaves everything as it is. */
function onlyRaises(clause: SyntaxNode, text: string): boolean {
  const block = clause.children.find(({ type }) => type === "block");
  return block !== undefined && text.slice(block.start, block.end).trim() === "raise";
}

/** Nothing but log lines: it does not matter when they are written. */
function onlyLogs(clause: SyntaxNode, text: string): boolean {
  const block = clause.children.find(({ type }) => type === "block");
  const statements = block === undefined ? [] : namedChildren(block);
  return statements.every((one) =>
    /^(print|log\w*|\w*\.?log(ger)?\.\w+|pass)\b/.test(text.slice(one.start, one.end)),
  );
}
