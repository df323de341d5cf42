import type { Span } from "./location.ts";
import type { SyntaxTree } from "./syntax-node.ts";

/**
 * Regions in which nothing may be reported because tree-sitter had to guess: the top-level statements
 * that contain an error, and the whole file when an error stands between statements.
 */
export function brokenRegions(tree: SyntaxTree): Span[] {
  if (tree.errors.length === 0) return [];
  const whole: Span = { start: 0, end: tree.text.length };
  if (tree.root.type === "ERROR") return [whole];
  const regions: Span[] = [];
  for (const statement of tree.root.children) {
    const isBroken = tree.errors.some(
      (error) => statement.start <= error.start && error.end <= statement.end,
    );
    if (!isBroken) continue;
    if (statement.type === "ERROR") return [whole];
    regions.push({ start: statement.start, end: statement.end });
  }
  return regions.length === 0 ? [whole] : regions;
}
