import type { CallSite } from "../python/facts.ts";
import { mentionsOf, scopeOwner } from "../python/own-scope.ts";
import { childByField, nodeAt, type SyntaxNode } from "../python/syntax-node.ts";
import type { Fate } from "./callback-sinks.ts";
import type { FileView } from "./rule.ts";

// Builtins that need the items (or the value) itself and hand out no coroutine.
const CONSUMERS = new Set([
  "any",
  "all",
  "sum",
  "sorted",
  "min",
  "max",
  "str",
  "int",
  "float",
  "bool",
  "print",
  "len",
]);

/**
 * True where what a call gives (a coroutine, or an object that has coroutines in it) may still be awaited: it is
 * passed on, returned, kept, or bound to a name that is more than printed. False only where that is ruled out.
 */
export function mayBeAwaitedLater(file: FileView, call: CallSite, fate: Fate): boolean {
  if (fate === "compared") return false;
  const node = nodeAt(file.tree.root, call, "call");
  if (node === null) return true;
  if (fate === "result") return isResultAwaited(file, node);
  if (fate === "default") return isDefaultAwaited(file, node);
  return !isConsumed(file, node);
}

/** The object with the coroutines in it is thrown away or goes into something that can only fail on them. */
function isConsumed(file: FileView, node: SyntaxNode): boolean {
  const around = parentOf(node);
  if (around === null) return false;
  if (around.type === "expression_statement") return true;
  if (around.type !== "argument_list") return false;
  const outer = around.parent;
  const callee = outer === null ? null : childByField(outer, "function");
  const name = callee === null ? "" : textOf(file, callee);
  if (callee?.type === "identifier") {
    if (CONSUMERS.has(name))
      return name !== "sum" || around.children.filter((one) => one.isNamed).length === 1;
    const isCollected = name === "list" || name === "tuple" || name === "set";
    return isCollected && outer !== null && isConsumed(file, outer);
  }
  return callee?.type === "attribute" && /^(["']).*\1\.join$/.test(name);
}

/** `await (await to_thread(f))`, `c = await to_thread(f)` with `await c` further down, and whatever passes it on. */
function isResultAwaited(file: FileView, node: SyntaxNode): boolean {
  let inner = node;
  let around = parentOf(inner);
  let isUnwrapped = false;
  while (around !== null) {
    if (around.type === "await") {
      if (isUnwrapped) return true;
      isUnwrapped = true;
      inner = around;
    } else if (around.type === "attribute" && textOf(file, around).endsWith(".result")) {
      const called = around.parent;
      if (called?.type !== "call") return true;
      isUnwrapped = true;
      inner = called;
    } else break;
    around = parentOf(inner);
  }
  if (around === null) return true;
  if (around.type === "expression_statement" || around.type === "return_statement")
    return around.type === "return_statement" && !isUnwrapped;
  if (around.type === "argument_list") return !isUnwrapped || !isConsumed(file, inner);
  if (around.type !== "assignment") return around.type === "keyword_argument" || !isUnwrapped;
  const target = childByField(around, "left");
  return target?.type !== "identifier" || isNameAwaited(file, target);
}

/** The name is awaited, passed on or kept anywhere else in its function. */
function isNameAwaited(file: FileView, target: SyntaxNode): boolean {
  const owner = scopeOwner(target);
  if (owner === null) return true;
  return mentionsOf(textOf(file, target), owner, file.unit.text).some((mention) => {
    if (mention === target) return false;
    for (let node = mention.parent; node !== null && node !== owner; node = node.parent)
      if (KEEPERS.has(node.type)) return true;
    return false;
  });
}

const KEEPERS = new Set([
  "await",
  "argument_list",
  "yield",
  "assignment",
  "list",
  "tuple",
  "set",
  "dictionary",
  "for_statement",
  "for_in_clause",
]);

/** Somewhere in the file an item of the dictionary is awaited or passed on. */
function isDefaultAwaited(file: FileView, node: SyntaxNode): boolean {
  const around = parentOf(node);
  const target = around?.type === "assignment" ? childByField(around, "left") : null;
  if (target === null || (target.type !== "identifier" && target.type !== "attribute")) return true;
  const name = textOf(file, target).split(".").at(-1) ?? "";
  return file.unit.text
    .slice(node.end)
    .split("\n")
    .some((line) => line.includes(name) && /\bawait\b|\breturn\b|\(|=[^=]/.test(line));
}

function parentOf(node: SyntaxNode): SyntaxNode | null {
  let parent = node.parent;
  while (parent?.type === "parenthesized_expression") parent = parent.parent;
  return parent;
}

function textOf({ unit }: FileView, { start, end }: SyntaxNode): string {
  return unit.text.slice(start, end);
}
