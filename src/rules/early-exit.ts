import { ownNodes } from "../python/own-scope.ts";
import { childByField, type SyntaxNode } from "../python/syntax-node.ts";

const EXITS: Readonly<Record<string, string>> = {
  break_statement: "break",
  return_statement: "return",
  raise_statement: "raise",
};

/** The first statement in the body of a loop that certainly leaves it, with its keyword; null for none. */
export function earlyExit(loop: SyntaxNode): { readonly node: SyntaxNode; readonly keyword: string } | null {
  const body = childByField(loop, "body");
  for (const node of body === null ? [] : ownNodes(body)) {
    const keyword = EXITS[node.type];
    if (keyword !== undefined && leaves(node, loop)) return { node, keyword };
  }
  return null;
}

function leaves(exit: SyntaxNode, loop: SyntaxNode): boolean {
  let child = exit;
  for (let outer = exit.parent; outer !== null && outer !== loop; child = outer, outer = outer.parent) {
    const isInBody = child.field === "body";
    if (exit.type === "break_statement" && isInBody && /^(for|while)_statement$/.test(outer.type))
      return false;
    if (exit.type === "raise_statement" && isInBody && mayCatch(outer)) return false;
  }
  return true;
}

/** `except`, and whatever a `with` may do with an exception. */
function mayCatch({ type, children }: SyntaxNode): boolean {
  if (type === "with_statement") return true;
  return type === "try_statement" && children.some((one) => /^except(_group)?_clause$/.test(one.type));
}
