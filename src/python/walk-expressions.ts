import { bindTarget } from "./bind-target.ts";
import { hasCleanupAround } from "./cleanup-around.ts";
import { isDiscardedComprehension } from "./discards.ts";
import { type Expression, toExpression } from "./expression.ts";
import type { Consumption } from "./facts.ts";
import {
  addUse,
  type Context,
  canAwait,
  type FactsBuilder,
  isAsyncOwner,
  markRead,
  openScope,
  scopeAt,
} from "./facts-builder.ts";
import { childByField, hasToken, namedChildren, type SyntaxNode } from "./syntax-node.ts";
import { addIteration, span, visitAll, visitCall } from "./walk-calls.ts";
import { textOf } from "./walk-statements.ts";
import type { Handler, Push } from "./walk-types.ts";

/** Handlers of expressions that consume values, read names or open scopes. */
export const EXPRESSION_HANDLERS: Readonly<Record<string, Handler>> = {
  identifier: (builder, node, context) => markRead(builder, context, textOf(builder, node)),
  attribute: (_builder, node, context, push) => push(childByField(node, "object"), context),
  keyword_argument: (_builder, node, context, push) => push(childByField(node, "value"), context),
  await: visitAwait,
  call: visitCall,
  yield: visitYield,
  comparison_operator: (builder, node, context, push) => {
    const right = namedChildren(node)[1];
    if (
      right !== undefined &&
      node.children.some((child) => child.type === "in" || child.type === "not in")
    ) {
      addIteration(builder, context, right, "in", node, null);
    }
    visitAll(node, context, push);
  },
  list_splat: (builder, node, context, push) => {
    const [inner] = namedChildren(node);
    // tree-sitter reads `*a.b` in a list as `(*a).b`: there the starred operand is not the whole one.
    const isWhole = !["attribute", "call", "subscript"].includes(node.parent?.type ?? "");
    if (inner !== undefined && isWhole) addIteration(builder, context, inner, "star", node, null);
    visitAll(node, context, push);
  },
  list_comprehension: visitComprehension,
  set_comprehension: visitComprehension,
  dictionary_comprehension: visitComprehension,
  generator_expression: visitComprehension,
};

/** `await` is legal in an async function and, anywhere, inside a generator expression (it becomes asynchronous). */
function isAwaitLegal(builder: FactsBuilder, context: Context): boolean {
  return isAsyncOwner(builder, context) || context.isInGeneratorExpression;
}

function visitAwait(builder: FactsBuilder, node: SyntaxNode, context: Context, push: Push): void {
  const [operand] = namedChildren(node);
  if (operand === undefined) return;
  builder.placements.push({
    ...span(node),
    form: "await",
    owner: context.owner,
    scope: context.scope,
    block: context.block,
    detail: "await",
    isLegal: isAwaitLegal(builder, context),
    expression: null,
  });
  addUse(builder, context, toExpression(operand, builder.text), {
    way: "await",
    outer: span(node),
    parent: consumptionAround(builder, node, context),
  });
  visitAll(node, context, push);
}

/** How the result of an `await` is consumed, as far as the rules of iteration and entering need it. */
function consumptionAround(builder: FactsBuilder, node: SyntaxNode, context: Context): Consumption | null {
  let child = node;
  let parent = node.parent;
  while (parent?.type === "parenthesized_expression" || parent?.type === "as_pattern") {
    child = parent;
    parent = parent.parent;
  }
  if (parent === null) return null;
  if ((parent.type === "for_statement" || parent.type === "for_in_clause") && child.field === "right") {
    const form = parent.type === "for_statement" ? "for" : "clause";
    const isAsync = hasToken(parent, "async");
    const canBeAsync =
      form === "for" ? canAwait(builder, context) : canClauseBeAsync(builder, context, parent);
    return { way: "iterate", isAsync, form, callee: null, outer: span(parent), canBeAsync };
  }
  if (parent.type === "expression_statement") {
    return { way: "discard", form: "statement", outer: span(parent), name: null };
  }
  return null;
}

function visitYield(builder: FactsBuilder, node: SyntaxNode, context: Context, push: Push): void {
  const [value] = namedChildren(node);
  const isFrom = hasToken(node, "from");
  const expression = value === undefined ? null : toExpression(value, builder.text);
  const owner = scopeAt(builder, context.owner);
  if (owner.kind === "function") {
    const subject = builder.functions[owner.subject];
    if (subject !== undefined) {
      const hasCleanup = hasCleanupAround(node, builder.text);
      subject.yields = [...subject.yields, { ...span(node), value: expression, isFrom, hasCleanup }];
    }
  }
  if (isFrom) {
    if (value !== undefined) addIteration(builder, context, value, "yield-from", node, null);
    builder.placements.push({
      ...span(node),
      form: "yield-from",
      owner: context.owner,
      scope: context.scope,
      block: context.block,
      detail: "yield from",
      isLegal: owner.kind !== "function" || !isAsyncOwner(builder, context),
      expression,
    });
  }
  visitAll(node, context, push);
}

/**
 * A clause may become asynchronous where that does not change what the whole comprehension is: not in generator
 * expressions, and (before Python 3.11) not in a comprehension within another one. `context` is that of the iterable.
 */
function canClauseBeAsync(builder: FactsBuilder, context: Context, clause: SyntaxNode): boolean {
  const comprehension = clause.parent;
  if (comprehension === null || comprehension.type === "generator_expression") return false;
  const isFirst = comprehension.children.find((child) => child.type === "for_in_clause") === clause;
  return canAwait(builder, context) && context.comprehensionDepth === (isFirst ? 0 : 1);
}

function visitComprehension(builder: FactsBuilder, node: SyntaxNode, context: Context, push: Push): void {
  const clauses = node.children.filter((child) => child.type === "for_in_clause");
  const isGenerator = node.type === "generator_expression";
  const inner: Context = {
    ...context,
    scope: openScope(builder, "comprehension", context.scope, "", -1, node),
    isInGeneratorExpression: context.isInGeneratorExpression || isGenerator,
    comprehensionDepth: context.comprehensionDepth + 1,
  };
  for (const [index, clause] of clauses.entries()) {
    const left = childByField(clause, "left");
    const right = childByField(clause, "right");
    if (left === null || right === null) continue;
    const isAsync = hasToken(clause, "async");
    const around = index === 0 ? context : inner;
    const operand = toExpression(right, builder.text);
    // What the clause itself may become depends on the comprehension; where its iterable is evaluated, on `around`.
    const consumption: Consumption = {
      way: "iterate",
      isAsync,
      form: "clause",
      callee: null,
      outer: span(clause),
      canBeAsync: canClauseBeAsync(builder, around, clause),
    };
    addUse(builder, around, operand, consumption);
    push(right, around);
    const element: Expression = { kind: "element", isAsync, operand, start: right.start, end: right.end };
    bindTarget(builder, inner, left, element, null, push);
    if (!isAsync) continue;
    builder.placements.push({
      ...span(clause),
      form: "async-comprehension",
      owner: context.owner,
      scope: context.scope,
      block: context.block,
      detail: "async for",
      isLegal: isAwaitLegal(builder, inner),
      expression: null,
    });
  }
  const body = childByField(node, "body");
  for (const child of node.children) {
    if (!child.isNamed || child.type === "for_in_clause" || child.type === "comment") continue;
    push(child, inner);
  }
  if (body?.type === "call" && !isGenerator && isDiscardedComprehension(node)) {
    addUse(builder, inner, toExpression(body, builder.text), {
      way: "discard",
      form: "display",
      outer: span(node),
      name: null,
    });
  }
}
