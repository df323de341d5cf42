import type { Span } from "./location.ts";
import { namedChildren, nodeCovering, type SyntaxNode } from "./syntax-node.ts";

/**
 * Where the logical line of an expression ends: with its statement or, in the head of a compound statement, with
 * the colon. What spans a whole compound statement ends where it ends.
 */
export function logicalLineEnd(root: SyntaxNode, span: Span): number {
  for (let node = nodeCovering(root, span); node !== null && node.parent !== null; node = node.parent) {
    const blocks = node.children.filter(({ type }) => type === "block");
    const body = blocks.find(({ start }) => start >= span.end);
    if (body !== undefined) return colonBefore(node, body) ?? span.end;
    if (blocks.length > 0) return span.end;
    const { type } = node.parent;
    // A decorator's node goes on to the line feed, over a comment.
    if (node.type === "decorator") return namedChildren(node).at(-1)?.end ?? span.end;
    if (type === "block" || type === "module") return node.end;
  }
  return span.end;
}

function colonBefore(node: SyntaxNode, body: SyntaxNode): number | undefined {
  const before = node.children.slice(0, node.children.indexOf(body));
  return before.filter(({ type, isNamed }) => type === ":" && !isNamed).at(-1)?.end;
}
