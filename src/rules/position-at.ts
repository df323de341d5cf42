import { scopeOwner } from "../python/own-scope.ts";
import type { SyntaxNode } from "../python/syntax-node.ts";
import type { FileView, Position } from "./rule.ts";

/** Where the names of a node are looked up: its scope and block, for expressions that the facts do not list. */
export function positionAt({ unit }: FileView, node: SyntaxNode): Position {
  const { scopes, blocks } = unit.facts;
  const owner = scopeOwner(node);
  let scope = 0;
  for (const [index, one] of scopes.entries()) {
    const isOwner = owner !== null && one.start === owner.start && one.end === owner.end;
    const isWithin = one.start >= (owner?.start ?? 0) && one.start <= node.start && node.end <= one.end;
    if (isOwner || (one.kind === "comprehension" && isWithin)) scope = index;
  }
  let block = 0;
  for (const [index, one] of blocks.entries()) {
    const best = blocks[block];
    const isAround = one.start <= node.start && node.end <= one.end;
    if (isAround && (best === undefined || one.end - one.start <= best.end - best.start)) block = index;
  }
  return { scope, block, start: node.start };
}
