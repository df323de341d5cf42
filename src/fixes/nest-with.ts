import type { Span } from "../python/location.ts";
import { childByField, namedChildren, nodeAt, type SyntaxTree } from "../python/syntax-node.ts";
import type { Edit } from "./fix.ts";
import { indentationAt, indentLines, lineEndAt } from "./indent-lines.ts";

/**
 * `with a, b:` → one statement per run of items of the same kind, nested in the order of entering. Only for
 * a header on one line with its body on lines of its own.
 */
export function nestWith(tree: SyntaxTree, statement: Span, asyncItems: readonly Span[]): Edit[] | null {
  const { text } = tree;
  const node = nodeAt(tree.root, statement, "with_statement");
  const clause = node?.children.find((child) => child.type === "with_clause");
  const body = node === null ? null : childByField(node, "body");
  if (node === null || clause === undefined || body === null) return null;
  const outer = indentationAt(text, node.start);
  const inner = indentationAt(text, body.start);
  const colon = node.children.find((child) => child.type === ":");
  if (outer === null || inner === null || colon === undefined || !inner.startsWith(outer)) return null;
  if (clause.children.some((child) => child.type === "(") || text.slice(node.start, colon.end).includes("\n"))
    return null;
  if (node.children.some((child) => child.type === "async")) return null;
  const unit = inner.slice(outer.length);
  const groups: { isAsync: boolean; items: string[] }[] = [];
  for (const item of namedChildren(clause)) {
    const isAsync = asyncItems.some((one) => item.start <= one.start && one.end <= item.end);
    const source = text.slice(item.start, item.end);
    const last = groups.at(-1);
    if (last !== undefined && last.isAsync === isAsync) last.items.push(source);
    else groups.push({ isAsync, items: [source] });
  }
  const newline = lineEndAt(text, colon.end);
  const headers = groups.map(({ isAsync, items }, depth) => {
    return `${depth === 0 ? "" : outer + unit.repeat(depth)}${isAsync ? "async " : ""}with ${items.join(", ")}:`;
  });
  const header: Edit = { start: node.start, end: colon.end, text: headers.join(newline) };
  const bodyStart = text.lastIndexOf("\n", body.start - 1) + 1;
  const moved = indentLines(tree, { start: bodyStart, end: body.end }, unit.repeat(groups.length - 1));
  return moved === null ? null : [header, ...moved];
}
