import type { Span } from "./location.ts";

/**
 * One node of a parsed file: tree-sitter's concrete syntax, copied out of WebAssembly memory in one
 * cursor walk. Plain objects need no `delete()`, cost nothing to visit twice and cannot dangle.
 */
export interface SyntaxNode extends Span {
  /** tree-sitter-python's node type; for tokens the token itself ("async", "("). */
  readonly type: string;
  readonly isNamed: boolean;
  /** The field under which the parent holds this node, or null. */
  readonly field: string | null;
  readonly parent: SyntaxNode | null;
  /** Named and anonymous children, comments included, in source order. */
  readonly children: readonly SyntaxNode[];
}

/** A parsed file. Offsets are UTF-16 units of `text`. */
export interface SyntaxTree {
  readonly text: string;
  readonly root: SyntaxNode;
  /** Places tree-sitter could not parse, empty in well-formed files. */
  readonly errors: readonly Span[];
}

/** The child under `field`, if any. */
export function childByField(node: SyntaxNode, field: string): SyntaxNode | null {
  for (const child of node.children) if (child.field === field) return child;
  return null;
}

/** Named children without comments, in source order. */
export function namedChildren(node: SyntaxNode): SyntaxNode[] {
  return node.children.filter((child) => child.isNamed && child.type !== "comment");
}

/** True when one of the direct tokens of `node` is `token`, as in `async def`, `async for`, `not in`. */
export function hasToken(node: SyntaxNode, token: string): boolean {
  return node.children.some((child) => !child.isNamed && child.type === token);
}

/** Every node below and including `root`, in source order (pre-order), without recursion. */
export function* descendants(root: SyntaxNode): Generator<SyntaxNode> {
  const stack: SyntaxNode[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    yield node;
    for (let index = node.children.length - 1; index >= 0; index--) {
      const child = node.children[index];
      if (child !== undefined) stack.push(child);
    }
  }
}

/** The smallest node that covers `span` exactly or contains it; null outside the tree. */
export function nodeCovering(root: SyntaxNode, span: Span): SyntaxNode | null {
  if (span.start < root.start || span.end > root.end) return null;
  let node = root;
  for (;;) {
    const next = firstReaching(node.children, span.end);
    if (next === undefined || next.start > span.start) return node;
    node = next;
  }
}

/** The first of some siblings that does not end before an offset; a module may have very many of them. */
function firstReaching(siblings: readonly SyntaxNode[], offset: number): SyntaxNode | undefined {
  let low = 0;
  let high = siblings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((siblings[middle]?.end ?? offset) < offset) low = middle + 1;
    else high = middle;
  }
  return siblings[low];
}

/** The outermost node with exactly this span and type, or null. */
export function nodeAt(root: SyntaxNode, span: Span, type: string): SyntaxNode | null {
  let node: SyntaxNode | null = nodeCovering(root, span);
  let found: SyntaxNode | null = null;
  while (node !== null && node.start === span.start && node.end === span.end) {
    if (node.type === type) found = node;
    node = node.parent;
  }
  return found;
}
