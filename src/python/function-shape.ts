import { type Expression, toExpression } from "./expression.ts";
import type { FunctionFacts } from "./facts.ts";
import { childByField, namedChildren, type SyntaxNode } from "./syntax-node.ts";

type Shape = Pick<FunctionFacts, "returns" | "isStub" | "mayFallThrough" | "isEndless">;

const OTHER_SCOPES = new Set(["function_definition", "class_definition", "lambda"]);

// Most of a body: no statement that counts stands in one of these.
const WITHOUT_STATEMENTS = new Set([
  "expression_statement",
  "assert_statement",
  "raise_statement",
  "delete_statement",
  "import_statement",
  "import_from_statement",
  "global_statement",
  "nonlocal_statement",
]);

/** What the body of a function says about its results, read from its own scope only. */
export function functionShape(body: SyntaxNode, text: string): Shape {
  const returns: (Expression | null)[] = [];
  let hasEndlessLoop = false;
  const stack: SyntaxNode[] = [body];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (OTHER_SCOPES.has(node.type) || WITHOUT_STATEMENTS.has(node.type)) continue;
    if (node.type === "return_statement") {
      const [value] = namedChildren(node);
      returns.push(value === undefined ? null : toExpression(value, text));
      continue;
    }
    if (isWhileTrue(node, text) && !leavesLoop(node)) hasEndlessLoop = true;
    for (const child of node.children) if (child.isNamed) stack.push(child);
  }
  return {
    returns: returns.reverse(),
    isStub: isStubBody(body, text),
    mayFallThrough: !endsAlways(body, text),
    isEndless: hasEndlessLoop,
  };
}

function isStubBody(body: SyntaxNode, text: string): boolean {
  return namedChildren(body).every((statement) => {
    if (statement.type === "pass_statement") return true;
    if (statement.type === "raise_statement") {
      return /^raise\s+NotImplemented(Error)?\b/.test(text.slice(statement.start, statement.end));
    }
    if (statement.type !== "expression_statement") return false;
    const [expression] = namedChildren(statement);
    return expression?.type === "string" || expression?.type === "ellipsis";
  });
}

function isWhileTrue(node: SyntaxNode, text: string): boolean {
  if (node.type !== "while_statement") return false;
  const condition = childByField(node, "condition");
  return condition !== null && /^(True|1)$/.test(text.slice(condition.start, condition.end));
}

function leavesLoop(loop: SyntaxNode): boolean {
  const stack = [...loop.children];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (OTHER_SCOPES.has(node.type)) continue;
    if (node.type === "return_statement" || node.type === "raise_statement") return true;
    if (node.type === "break_statement" && innermostLoop(node) === loop) return true;
    stack.push(...node.children);
  }
  return false;
}

function innermostLoop(node: SyntaxNode): SyntaxNode | null {
  let outer = node.parent;
  while (outer !== null && outer.type !== "while_statement" && outer.type !== "for_statement")
    outer = outer.parent;
  return outer;
}

/** True when control certainly does not run off the end of the suite. */
function endsAlways(suite: SyntaxNode, text: string): boolean {
  const last = namedChildren(suite).at(-1);
  if (last === undefined) return false;
  switch (last.type) {
    case "return_statement":
    case "raise_statement":
      return true;
    case "while_statement":
      return isWhileTrue(last, text) && !leavesLoop(last);
    case "if_statement": {
      const suites = [childByField(last, "consequence")];
      let hasElse = false;
      for (const child of last.children) {
        if (child.type === "elif_clause") suites.push(childByField(child, "consequence"));
        if (child.type === "else_clause") {
          hasElse = true;
          suites.push(childByField(child, "body"));
        }
      }
      return hasElse && suites.every((one) => one !== null && endsAlways(one, text));
    }
    case "with_statement": {
      const body = childByField(last, "body");
      return body !== null && endsAlways(body, text);
    }
    default:
      return false;
  }
}
