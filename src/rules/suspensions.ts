import { ownNodes } from "../python/own-scope.ts";
import { hasToken, type SyntaxNode } from "../python/syntax-node.ts";

const ASYNC_BLOCKS = new Set(["for_statement", "with_statement", "for_in_clause"]);

/** The nodes of each piece of code that was asked for, so that a file with many questions is walked once. */
const known = new WeakMap<SyntaxNode, readonly SyntaxNode[]>();

/** True when the code itself (not a function that it defines) awaits something: also `async for` and `async with`. */
export function suspends(code: SyntaxNode): boolean {
  return suspensionsOf(code).some(({ type }) => type !== "yield");
}

/** True when the code itself yields. */
export function yields(code: SyntaxNode): boolean {
  return suspensionsOf(code).some(({ type }) => type === "yield");
}

/**
 * True when the function may let other tasks run between two offsets of its body: by `await`, `yield`, or by entering,
 * leaving or stepping an asynchronous block. An `await` that only begins behind the expression at `to` does not count.
 */
export function suspendsBetween(owner: SyntaxNode, from: number, to: number): boolean {
  const isBetween = (offset: number): boolean => from <= offset && offset < to;
  return suspensionsOf(owner).some(({ type, start, end }) =>
    type === "await" || type === "yield" ? isBetween(start) && end <= to : isBetween(start) || isBetween(end),
  );
}

/** True when the function may let other tasks run once it has passed a node: behind it, or in a loop around it. */
export function suspendsAfter(owner: SyntaxNode, node: SyntaxNode): boolean {
  let from = node.end;
  for (let outer = node.parent; outer !== null && outer !== owner; outer = outer.parent) {
    if (outer.type === "for_statement" || outer.type === "while_statement") from = outer.start;
  }
  return suspendsBetween(owner, from, owner.end + 1);
}

function suspensionsOf(owner: SyntaxNode): readonly SyntaxNode[] {
  const before = known.get(owner);
  if (before !== undefined) return before;
  const found: SyntaxNode[] = [];
  for (const node of ownNodes(owner)) {
    if (!node.isNamed) continue;
    const isBlock = ASYNC_BLOCKS.has(node.type) && hasToken(node, "async");
    if (isBlock || node.type === "await" || node.type === "yield") found.push(node);
  }
  known.set(owner, found);
  return found;
}
