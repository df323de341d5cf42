import type { Span } from "../python/location.ts";
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

/**
 * `name = await acm()` and the statements after it in its block → `async with acm() as name:` around them.
 * Null when the name leaves the block (returned, yielded, stored, rebound, captured) or nothing follows.
 */
export function enterBlock(tree: SyntaxTree, statement: Span, awaited: Span): Edit[] | null {
  const { text } = tree;
  const node = nodeAt(tree.root, statement, "expression_statement");
  const block = node?.parent;
  const assignment = node === null ? null : namedChildren(node)[0];
  const target = assignment == null ? null : childByField(assignment, "left");
  const operand = nodeAt(tree.root, awaited, "await");
  const value = operand === null ? undefined : namedChildren(operand)[0];
  if (node === null || block?.type !== "block" || target === null || value === undefined) return null;
  if (text.slice(node.start, node.end).includes("\n")) return null;
  const indentation = indentationAt(text, node.start);
  const following = namedChildren(block).filter((child) => child.start > node.start);
  const [first] = following;
  const last = following.at(-1);
  if (indentation === null || first === undefined || last === undefined) return null;
  const name = text.slice(target.start, target.end);
  if (following.some((child) => leaks(child, name, text))) return null;
  const unit = indentation.includes("\t") ? "\t" : "    ";
  const firstLine = text.indexOf("\n", node.end) + 1;
  const moved =
    firstLine === 0 || firstLine > first.start
      ? null
      : indentLines(tree, { start: firstLine, end: last.end }, unit);
  if (moved === null) return null;
  return [
    { start: node.start, end: value.start, text: "async with " },
    { start: value.end, end: node.end, text: ` as ${name}:` },
    ...moved,
  ];
}

const LEAKING = new Set([
  "return_statement",
  "yield",
  "pair",
  "list",
  "tuple",
  "set",
  "expression_list",
  "lambda",
]);

function leaks(statement: SyntaxNode, name: string, text: string): boolean {
  for (const node of descendants(statement)) {
    if (node.type !== "identifier" || text.slice(node.start, node.end) !== name || node.field === "attribute")
      continue;
    const { parent } = node;
    if (parent === null || LEAKING.has(parent.type)) return true;
    if (parent.type === "assignment" || parent.type === "named_expression") return true;
    for (let outer: SyntaxNode | null = parent; outer !== null && outer !== statement; outer = outer.parent) {
      if (outer.type === "function_definition" || outer.type === "lambda") return true;
    }
  }
  return (
    statement.type === "function_definition" && text.slice(statement.start, statement.end).includes(name)
  );
}
