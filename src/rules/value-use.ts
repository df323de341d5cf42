import { childByField, namedChildren, type SyntaxNode } from "../python/syntax-node.ts";

/** A place that needs the result of an expression, by the syntax around it. */
export interface ValueUse {
  readonly form:
    | "attribute"
    | "subscript"
    | "call"
    | "arithmetic"
    | "ordering"
    | "equality"
    | "identity"
    | "membership"
    | "text"
    /** Truth is asked for: `if`, `not`, the left side of `and`. */
    | "condition"
    /** Argument of a call, directly or in a display; whether that needs the result, the call says. */
    | "argument"
    /** In a display that is returned; whether that needs the result, the function says. */
    | "returned";
  /** The expression (or statement) that uses it. */
  readonly user: SyntaxNode;
  /**
   * The attribute's or the operator's name; for "argument" "display" within a list, tuple, set or dictionary,
   * "generator" as the element of a generator expression, "lambda" as the result of a lambda.
   */
  readonly detail: string;
}

/** Forms that raise an exception for every coroutine; the others give a wrong value. */
export function raises({ form }: ValueUse): boolean {
  return ["attribute", "subscript", "call", "arithmetic", "ordering"].includes(form);
}

/** How the syntax around an expression uses its value, or null where the result need not be wanted. */
export function valueUseOf(node: SyntaxNode, text: string): ValueUse | null {
  let child = node;
  let isInDisplay = false;
  for (let { parent } = node; parent !== null; child = parent, parent = parent.parent) {
    switch (parent.type) {
      case "parenthesized_expression":
        continue;
      case "boolean_operator":
        if (child.field === "right") continue;
        return isInDisplay ? null : { form: "condition", user: parent, detail: "" };
      case "conditional_expression":
        if (namedChildren(parent)[1] !== child) continue;
        return isInDisplay ? null : { form: "condition", user: parent, detail: "" };
      case "generator_expression":
        return isElementOfArgument(child, parent)
          ? { form: "argument", user: parent.parent ?? parent, detail: "generator" }
          : null;
      case "lambda":
        return isElementOfArgument(child, parent) && !isInDisplay
          ? { form: "argument", user: parent.parent?.parent ?? parent, detail: "lambda" }
          : null;
      case "list_comprehension":
      case "set_comprehension":
        if (child.field !== "body") return null;
        isInDisplay = true;
        continue;
      case "return_statement":
        return isInDisplay ? { form: "returned", user: parent, detail: "" } : null;
      case "named_expression":
        continue;
      case "pair":
      case "dictionary":
      case "list":
      case "tuple":
      case "set":
        if (parent.type === "pair" && child.field === "key") return null;
        if (parent.type === "tuple" && isFormatted(parent, text))
          return { form: "text", user: parent, detail: "%" };
        isInDisplay = true;
        continue;
      case "keyword_argument":
        continue;
      case "argument_list":
        return parent.parent?.type === "call"
          ? { form: "argument", user: parent.parent, detail: isInDisplay ? "display" : "" }
          : null;
      default:
        return isInDisplay ? null : directUse(child, parent, text);
    }
  }
  return null;
}

/** True for the element of `f(… for x in y)` and for the body of the lambda in `f(lambda x: …)`. */
function isElementOfArgument(element: SyntaxNode, argument: SyntaxNode): boolean {
  const { parent } = argument;
  if (element.field !== "body" || parent === null) return false;
  return argument.type === "lambda" ? parent.type === "argument_list" : parent.type === "call";
}

function directUse(child: SyntaxNode, parent: SyntaxNode, text: string): ValueUse | null {
  switch (parent.type) {
    case "attribute":
      return attributeUse(parent, text);
    case "subscript":
      return child.field === "value" ? { form: "subscript", user: parent, detail: "" } : null;
    case "call":
      return child.field === "function" ? { form: "call", user: parent, detail: "" } : null;
    case "binary_operator":
    case "augmented_assignment":
      return arithmeticUse(child, parent, text);
    case "unary_operator":
      return { form: "arithmetic", user: parent, detail: operatorOf(parent) };
    case "comparison_operator":
      return comparisonUse(child, parent);
    case "interpolation":
      return { form: "text", user: parent, detail: "" };
    case "not_operator":
    case "if_clause":
      return { form: "condition", user: parent, detail: "" };
    case "if_statement":
    case "elif_clause":
    case "while_statement":
      return child.field === "condition" ? { form: "condition", user: parent, detail: "" } : null;
    case "assert_statement":
      return namedChildren(parent)[0] === child ? { form: "condition", user: parent, detail: "" } : null;
    default:
      return null;
  }
}

// What coroutine objects have themselves.
const OWN_ATTRIBUTES = /^(__\w+__|cr_\w+|gi_\w+)$/;
const OWN_METHODS = /^(close|send|throw)$/;

/** `coroutine.close()` is right, `await coroutine.close()` means the method of the result. */
function attributeUse(attribute: SyntaxNode, text: string): ValueUse | null {
  const name = childByField(attribute, "attribute");
  const detail = name === null ? "" : text.slice(name.start, name.end);
  if (OWN_ATTRIBUTES.test(detail)) return null;
  if (OWN_METHODS.test(detail) && !isAwaitedCall(attribute)) return null;
  return { form: "attribute", user: attribute, detail };
}

function isAwaitedCall(callee: SyntaxNode): boolean {
  let node: SyntaxNode | null = callee.field === "function" ? callee.parent : null;
  while (node?.parent?.type === "parenthesized_expression") node = node.parent;
  return node?.parent?.type === "await";
}

// Operators that libraries give a meaning of their own (`a | b`, `a >> b`) say nothing about their operands.
const ARITHMETIC = /^([-+*/]|\/\/|\*\*)=?$/;

function arithmeticUse(child: SyntaxNode, parent: SyntaxNode, text: string): ValueUse | null {
  const operator = operatorOf(parent);
  if (operator === "%") {
    if (child.field !== "right") return { form: "arithmetic", user: parent, detail: operator };
    return isFormatted(child, text) ? { form: "text", user: parent, detail: operator } : null;
  }
  return ARITHMETIC.test(operator) ? { form: "arithmetic", user: parent, detail: operator } : null;
}

/** True for the right side of `"…" % value`. */
function isFormatted(value: SyntaxNode, text: string): boolean {
  let node = value;
  while (node.parent?.type === "parenthesized_expression") node = node.parent;
  const { parent } = node;
  if (parent?.type !== "binary_operator" || node.field !== "right" || operatorOf(parent) !== "%")
    return false;
  const left = childByField(parent, "left");
  return (
    left?.type === "concatenated_string" ||
    (left?.type === "string" && !/^\w*b/i.test(text.slice(left.start, left.start + 3)))
  );
}

function operatorOf(node: SyntaxNode): string {
  return node.children.find(({ isNamed }) => !isNamed)?.type ?? "";
}

function comparisonUse(child: SyntaxNode, comparison: SyntaxNode): ValueUse | null {
  const parts = comparison.children.filter(({ type }) => type !== "comment");
  const at = parts.indexOf(child);
  const before = parts[at - 1]?.type ?? "";
  const after = parts[at + 1]?.type ?? "";
  const use = (form: ValueUse["form"], detail: string): ValueUse => ({ form, user: comparison, detail });
  // Iterating over a coroutine is another rule's matter.
  if (before === "in" || before === "not in") return null;
  for (const operator of [before, after]) {
    if (/^[<>]=?$/.test(operator)) return use("ordering", operator);
    if (operator === "==" || operator === "!=") return use("equality", operator);
    if (operator.startsWith("is")) return use("identity", operator);
  }
  return after === "in" || after === "not in" ? use("membership", after) : null;
}
