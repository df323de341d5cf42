import type { Span } from "../python/location.ts";
import { scopeOwner } from "../python/own-scope.ts";
import {
  childByField,
  descendants,
  namedChildren,
  nodeAt,
  type SyntaxNode,
  type SyntaxTree,
} from "../python/syntax-node.ts";
import type { Edit } from "./fix.ts";
import { indentationAt, indentLines } from "./indent-lines.ts";

const NAMES = ["items", "values", "results", "iterated"];

/**
 * `async for x in agen():` → `async with aclosing(agen()) as items:` around `async for x in items:`. Null where the
 * loop cannot be indented, or where every name for the generator is taken in the function.
 */
export function closeGenerator(tree: SyntaxTree, loop: Span, call: Span, aclosing: string): Edit[] | null {
  const { text } = tree;
  const statement = nodeAt(tree.root, loop, "for_statement");
  const target = statement === null ? null : childByField(statement, "left");
  const body = statement === null ? null : childByField(statement, "body");
  const indentation = indentationAt(text, loop.start);
  const name = statement === null ? null : freeName(scopeOwner(statement) ?? tree.root, text);
  if (target === null || body === null || indentation === null || name === null) return null;
  // Parentheses and comments in the head are not taken apart.
  if (!/^\s+in\s+$/.test(text.slice(target.end, call.start))) return null;
  if (!/^[ \t]*:/.test(text.slice(call.end, body.start))) return null;
  const inner = indentationAt(text, namedChildren(body)[0]?.start ?? loop.start);
  const unit =
    inner?.startsWith(indentation) && inner !== indentation ? inner.slice(indentation.length) : "    ";
  const lineEnd = text.indexOf("\n", call.end);
  const end = endOfComments(text, loop.end, indentation);
  const moved = lineEnd === -1 || lineEnd >= end ? [] : indentLines(tree, { start: lineEnd + 1, end }, unit);
  if (moved === null) return null;
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const head = text.slice(loop.start, target.end);
  const entered = `async with ${aclosing}(${text.slice(call.start, call.end)}) as ${name}:`;
  const replaced = `${entered}${newline}${indentation}${unit}${head} in ${name}`;
  return [{ start: loop.start, end: call.end, text: replaced }, ...moved];
}

/** A name that the function around the loop does not use. */
function freeName(owner: SyntaxNode, text: string): string | null {
  const used = new Set<string>();
  for (const node of descendants(owner))
    if (node.type === "identifier") used.add(text.slice(node.start, node.end));
  return NAMES.find((name) => !used.has(name)) ?? null;
}

/** The end of the comments behind a block that are indented as it is. */
function endOfComments(text: string, end: number, indentation: string): number {
  let last = end;
  for (let at = text.indexOf("\n", end); at !== -1; ) {
    const next = text.indexOf("\n", at + 1);
    const line = text.slice(at + 1, next === -1 ? text.length : next);
    const isInBlock = line.startsWith(indentation) && /^[ \t]+#/.test(line.slice(indentation.length));
    if (isInBlock) last = at + 1 + line.trimEnd().length;
    else if (line.trim() !== "") break;
    at = next;
  }
  return last;
}
