import { namedChildren, type SyntaxNode } from "../../src/python/syntax-node.ts";

/**
 * The code of an expression on one line, with quoted annotations unquoted: in a stub every name may be used
 * before its definition. Strings below `Literal[…]` and in calls are values and stay.
 */
export function expressionText(node: SyntaxNode, text: string, unquotes = true): string {
  return render(node, text, unquotes)
    .replace(/\s+/g, " ")
    .replace(/([[(]) /g, "$1")
    .replace(/,? ([\])])/g, "$1")
    .trim();
}

function render(node: SyntaxNode, text: string, mayUnquote: boolean): string {
  if (node.type === "comment") return "";
  if (node.type === "string") {
    const code = text.slice(node.start, node.end);
    const inner = /^(["'])([\w.[\], |]*)\1$/.exec(code)?.[2];
    return mayUnquote && inner !== undefined && /^[A-Za-z_]/.test(inner) ? inner : code;
  }
  if (node.children.length === 0) return text.slice(node.start, node.end);
  const keeps = mayUnquote && node.type !== "call" && !isLiteral(node, text);
  let result = "";
  let at = node.start;
  for (const child of node.children) {
    result += text.slice(at, child.start) + render(child, text, keeps);
    at = child.end;
  }
  return result + text.slice(at, node.end);
}

function isLiteral(node: SyntaxNode, text: string): boolean {
  if (node.type !== "subscript" && node.type !== "generic_type") return false;
  const [head] = namedChildren(node);
  return head !== undefined && /(^|\.)(Literal|Annotated)$/.test(text.slice(head.start, head.end));
}
