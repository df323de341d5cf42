import { descendants, type SyntaxNode } from "./syntax-node.ts";

const BODIES = new Set(["function_definition", "class_definition", "lambda"]);

/**
 * The nodes below `root` that run with it: nested functions, classes and lambdas are given themselves, and of them
 * only what is evaluated where they stand (defaults, decorators, base classes). In source order.
 */
export function* ownNodes(root: SyntaxNode): Generator<SyntaxNode> {
  const stack = [...root.children].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    yield node;
    const isBody = BODIES.has(node.type);
    for (let index = node.children.length - 1; index >= 0; index--) {
      const child = node.children[index];
      if (child !== undefined && !(isBody && child.field === "body")) stack.push(child);
    }
  }
}

/** The nearest node of one of the types around a node, not crossing the body of a function, class or lambda. */
export function enclosing(node: SyntaxNode, ...types: readonly string[]): SyntaxNode | null {
  let child = node;
  for (let outer = node.parent; outer !== null; child = outer, outer = outer.parent) {
    if (types.includes(outer.type)) return outer;
    if (BODIES.has(outer.type) && child.field === "body") return null;
  }
  return null;
}

/** The function, lambda or class whose body runs a node; null at module level. */
export function scopeOwner(node: SyntaxNode): SyntaxNode | null {
  let child = node;
  for (let outer = node.parent; outer !== null; child = outer, outer = outer.parent)
    if (BODIES.has(outer.type) && child.field === "body") return outer;
  return null;
}

/** Mentions by name of each function that was asked for: many questions about one function walk it once. */
const mentions = new WeakMap<SyntaxNode, ReadonlyMap<string, SyntaxNode[]>>();

/** Every mention of a local name in the function: reads and writes, also in functions and lambdas within it. */
export function mentionsOf(name: string, owner: SyntaxNode, text: string): readonly SyntaxNode[] {
  let byName = mentions.get(owner);
  if (byName === undefined) {
    byName = mentionsIn(owner, text);
    mentions.set(owner, byName);
  }
  return byName.get(name) ?? [];
}

function mentionsIn(owner: SyntaxNode, text: string): Map<string, SyntaxNode[]> {
  const byName = new Map<string, SyntaxNode[]>();
  for (const node of descendants(owner)) {
    if (node.type !== "identifier" || !isName(node)) continue;
    const name = text.slice(node.start, node.end);
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [node]);
    else known.push(node);
  }
  return byName;
}

/** False for `x.name` and for the keyword in `f(name=1)`, which are no names of the scope. */
function isName(node: SyntaxNode): boolean {
  return node.field !== "attribute" && !(node.field === "name" && node.parent?.type === "keyword_argument");
}
