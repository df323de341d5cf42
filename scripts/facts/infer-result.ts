import { childByField, namedChildren, type SyntaxNode } from "../../src/python/syntax-node.ts";

/**
 * What the `return` statements of an unannotated function say without resolving anything: nothing is "None",
 * always `self` is "Self", always calls of one class is that class. Everything else is not known (null).
 */
export function inferResult(body: readonly SyntaxNode[], text: string): string | null {
  const returns = body.filter(({ type }) => type === "return_statement");
  const isTrivial = !body.some(({ type }) =>
    /^(call|assignment|augmented_assignment|delete_statement)$/.test(type),
  );
  const raises = isTrivial || body.some(({ type }) => type === "raise_statement");
  if (returns.length === 0) return raises || body.some(({ type }) => type === "ellipsis") ? null : "None";
  const results = new Set(
    returns.map((node): string | null => {
      const [value] = namedChildren(node);
      if (value === undefined || value.type === "none") return "None";
      if (value.type === "true" || value.type === "false") return "bool";
      if (value.type === "identifier") return text.slice(value.start, value.end) === "self" ? "Self" : null;
      if (value.type === "comparison_operator" || value.type === "not_operator") return "bool";
      return value.type === "call" ? constructed(value, text) : null;
    }),
  );
  const [only] = results;
  return results.size === 1 && only !== undefined ? only : null;
}

/** "pool.Pool" for a call that looks like it makes an object of that class. */
export function constructed(call: SyntaxNode, text: string): string | null {
  const callee = childByField(call, "function");
  const code = callee === null ? "" : text.slice(callee.start, callee.end);
  return /^(\w+\.)*_?[A-Z]\w*[a-z]\w*$/.test(code) && !code.startsWith("self.") ? code : null;
}
