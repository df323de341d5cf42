import type { Span } from "../python/location.ts";
import { nodeCovering, type SyntaxNode, type SyntaxTree } from "../python/syntax-node.ts";

const EXPECTS_WARNING = /\b(warns|deprecated_call|assertWarns\w*|catch_warnings|recwarn)\b/;
const EXPECTS_ERROR =
  /\b(raises|assertRaises\w*)\(\s*[^)]*\b(TypeError|RuntimeError|AttributeError|Exception)\b/;
const SUPPRESSES = /\bsuppress\(\s*[^)]*\b(TypeError|Exception)\b/;

/**
 * True where a test makes the mistake on purpose, to see the warning or the error that it causes:
 * `with pytest.raises(TypeError)`, `pytest.warns(RuntimeWarning)`, the fixture `recwarn`.
 */
export function isExpectedToFail(tree: SyntaxTree, span: Span): boolean {
  let node: SyntaxNode | null = nodeCovering(tree.root, span);
  for (; node !== null; node = node.parent) {
    if (node.type !== "with_statement" && node.type !== "function_definition") continue;
    const body = node.children.find((child) => child.field === "body");
    const head = body === undefined ? "" : tree.text.slice(node.start, body.start);
    if (EXPECTS_WARNING.test(head) || EXPECTS_ERROR.test(head) || SUPPRESSES.test(head)) return true;
  }
  return false;
}
