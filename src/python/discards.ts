import { toExpression } from "./expression.ts";
import { addUse, type Context, type FactsBuilder } from "./facts-builder.ts";
import { namedChildren, type SyntaxNode } from "./syntax-node.ts";

type Form = "statement" | "branch" | "display";

/**
 * Records the calls whose value an expression statement throws away: the statement itself, the branches of
 * `x if c else y`, the right side of `a and b`, the items of a display. The elements of a comprehension are
 * recorded by the comprehension's own handler, which knows their scope.
 */
export function addDiscards(builder: FactsBuilder, statement: SyntaxNode, context: Context): void {
  const pending: { node: SyntaxNode; form: Form }[] = namedChildren(statement).map((node) => ({
    node,
    form: namedChildren(statement).length > 1 ? "display" : "statement",
  }));
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, form } = next;
    const children = namedChildren(node);
    if (node.type === "call") {
      addUse(builder, context, toExpression(node, builder.text), {
        way: "discard",
        form,
        outer: { start: statement.start, end: statement.end },
        name: null,
      });
    } else if (node.type === "parenthesized_expression") {
      for (const child of children) pending.push({ node: child, form });
    } else if (node.type === "conditional_expression") {
      for (const child of [children[0], children[2]])
        if (child) pending.push({ node: child, form: "branch" });
    } else if (node.type === "boolean_operator") {
      const right = children[1];
      if (right !== undefined) pending.push({ node: right, form: "branch" });
    } else if (
      node.type === "tuple" ||
      node.type === "expression_list" ||
      node.type === "list" ||
      node.type === "set"
    ) {
      for (const child of children) pending.push({ node: child, form: "display" });
    }
  }
}

/** True when a comprehension is itself the statement, so that its elements are thrown away. */
export function isDiscardedComprehension(node: SyntaxNode): boolean {
  let outer = node.parent;
  while (outer?.type === "parenthesized_expression") outer = outer.parent;
  return outer?.type === "expression_statement" && namedChildren(outer).length === 1;
}
