import type { CallPosition } from "./facts.ts";
import type { SyntaxNode } from "./syntax-node.ts";

const BY_PARENT: Readonly<Record<string, CallPosition>> = {
  await: "awaited",
  expression_statement: "statement",
  argument_list: "argument",
  keyword_argument: "argument",
  assignment: "assigned",
  augmented_assignment: "assigned",
  named_expression: "assigned",
  return_statement: "returned",
  yield: "yielded",
  binary_operator: "arithmetic",
  unary_operator: "arithmetic",
  comparison_operator: "comparison",
  boolean_operator: "boolean",
  not_operator: "boolean",
  assert_statement: "condition",
  if_clause: "condition",
  interpolation: "formatted",
  with_item: "entered",
};

/** What the syntax around an expression uses its value for. */
export function positionOf(node: SyntaxNode): CallPosition {
  let child = node;
  let { parent } = node;
  while (parent?.type === "parenthesized_expression" || parent?.type === "as_pattern") {
    child = parent;
    parent = parent.parent;
  }
  if (parent === null) return "other";
  switch (parent.type) {
    case "attribute":
      return "attribute";
    case "subscript":
      return child.field === "value" ? "subscript" : "other";
    case "call":
      return child.field === "function" ? "called" : "argument";
    case "if_statement":
    case "elif_clause":
    case "while_statement":
      return child.field === "condition" ? "condition" : "other";
    case "conditional_expression":
      return parent.children.filter((one) => one.isNamed && one.type !== "comment")[1] === child
        ? "condition"
        : "other";
    case "for_statement":
    case "for_in_clause":
      return child.field === "right" ? "iterated" : "other";
    default:
      return BY_PARENT[parent.type] ?? "other";
  }
}
