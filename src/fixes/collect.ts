import type { Span } from "../python/location.ts";
import { descendants, nodeCovering, type SyntaxNode, type SyntaxTree } from "../python/syntax-node.ts";
import type { Edit } from "./fix.ts";

const NAMES = ["x", "item", "value", "element", "collected"];

/** `list(agen())` or `await agen()` → `[x async for x in agen()]` with a name the function does not use. */
export function collect(tree: SyntaxTree, whole: Span, iterable: Span, brackets: "[]" | "{}"): Edit[] | null {
  let scope: SyntaxNode | null = nodeCovering(tree.root, whole);
  while (scope?.parent != null && scope.type !== "function_definition") scope = scope.parent;
  if (scope === null) return null;
  const used = new Set<string>();
  for (const node of descendants(scope)) {
    if (node.type === "identifier") used.add(tree.text.slice(node.start, node.end));
  }
  const name = NAMES.find((candidate) => !used.has(candidate));
  if (name === undefined) return null;
  return [
    { start: whole.start, end: iterable.start, text: `${brackets[0]}${name} async for ${name} in ` },
    { start: iterable.end, end: whole.end, text: brackets[1] ?? "" },
  ];
}
