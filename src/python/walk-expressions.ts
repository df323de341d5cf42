import { bindTarget } from "./bind-target.ts";
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
import { nameTestedBy } from "./guards.ts";
import type { Span } from "./location.ts";
import { patchedBy } from "./patched-names.ts";
import { childByField, hasToken, namedChildren, type SyntaxNode } from "./syntax-node.ts";
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

function span({ start, end }: Span): Span {
  return { start, end };
}

function visitAll(node: SyntaxNode, context: Context, push: Push): void {
  for (const child of node.children) if (child.isNamed) push(child, context);
}

function withoutParentheses(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (inner.type === "parenthesized_expression") {
    const [only] = namedChildren(inner);
    if (only === undefined) return inner;
    inner = only;
  }
  return inner;
}

function addIteration(
  builder: FactsBuilder,
  context: Context,
  iterated: SyntaxNode,
  form: "star" | "in" | "yield-from" | "builtin" | "join",
  outer: SyntaxNode,
  callee: Expression | null,
): void {
  const operand = toExpression(iterated, builder.text);
  addUse(builder, context, operand, {
    way: "iterate",
    isAsync: false,
    form,
    callee,
    outer: span(outer),
    canBeAsync: false,
  });
}

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
    if (subject !== undefined)
      subject.yields = [...subject.yields, { ...span(node), value: expression, isFrom }];
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

// Builtins that iterate, with the positions of the arguments they iterate over (null: all of them).
const ITERATING_BUILTINS: ReadonlyMap<string, { readonly from: number; readonly to: number | null }> =
  new Map([
    ...[
      "list",
      "tuple",
      "set",
      "frozenset",
      "sorted",
      "sum",
      "any",
      "all",
      "enumerate",
      "reversed",
      "next",
      "dict",
    ].map((name) => [name, { from: 0, to: 1 }] as const),
    ["iter", { from: 0, to: 1 }],
    ["min", { from: 0, to: 1 }],
    ["max", { from: 0, to: 1 }],
    ["zip", { from: 0, to: null }],
    ["map", { from: 1, to: null }],
    ["filter", { from: 1, to: 2 }],
  ]);
// These take one iterable or several plain values (`min(a, b)`), or a callable first (`iter(f, sentinel)`).
const ITERATES_SINGLE_ARGUMENT_ONLY = new Set(["min", "max", "iter"]);

// Methods and functions that await (or schedule) the coroutine given to them.
const AWAITING_CALLS = new Set([
  "run",
  "create_task",
  "ensure_future",
  "gather",
  "wait_for",
  "shield",
  "wait",
  "run_until_complete",
]);

function visitCall(builder: FactsBuilder, node: SyntaxNode, context: Context, push: Push): void {
  const callee = childByField(node, "function");
  const list = childByField(node, "arguments");
  visitAll(node, context, push);
  if (callee === null || list === null) return;
  const tested = nameTestedBy(node, builder.text);
  if (tested !== null) {
    for (const scope of [scopeAt(builder, context.scope), scopeAt(builder, context.owner)])
      (tested.isKindTest ? scope.guardedNames : scope.testedNames).add(tested.name);
  }
  for (const name of patchedBy(node, builder.text)) builder.patchedNames.add(name);
  if (list.type === "generator_expression") return;
  const positional = namedChildren(list).filter((one) => one.type !== "keyword_argument");
  const target = toExpression(callee, builder.text);
  const isDynamicCall = target.kind === "name" && /^(locals|eval|exec|vars|globals)$/.test(target.name);
  if (isDynamicCall) scopeAt(builder, context.owner).isDynamic = true;
  if (target.kind === "name") addBuiltinIteration(builder, context, node, target, positional);
  const last = target.kind === "name" || target.kind === "attribute" ? target.name : "";
  if (last === "join" && callee.type === "attribute" && childByField(callee, "object")?.type === "string") {
    const [joined] = positional;
    if (joined !== undefined) addIteration(builder, context, joined, "join", node, target);
  }
  if (AWAITING_CALLS.has(last)) {
    for (const argument of positional.slice(0, last === "gather" ? undefined : 1)) {
      if (argument.type === "list_splat") continue;
      const passed = toExpression(argument, builder.text);
      addUse(builder, context, passed, { way: "pass", callee: target, outer: span(node) });
    }
  }
  if (last === "enter_context" || last === "enter_async_context") {
    const [entered] = positional;
    if (entered === undefined) return;
    const isAsync = last === "enter_async_context";
    const form = isAsync ? "enter-async-context" : "enter-context";
    const operand = toExpression(entered, builder.text);
    addUse(builder, context, operand, { way: "enter", isAsync, form, outer: span(node), itemCount: 1 });
  }
}

function addBuiltinIteration(
  builder: FactsBuilder,
  context: Context,
  call: SyntaxNode,
  callee: Expression & { kind: "name" },
  positional: readonly SyntaxNode[],
): void {
  const range = ITERATING_BUILTINS.get(callee.name);
  if (range === undefined) return;
  if (ITERATES_SINGLE_ARGUMENT_ONLY.has(callee.name) && positional.length !== 1) return;
  for (const argument of positional.slice(range.from, range.to ?? undefined)) {
    if (argument.type === "list_splat") continue;
    addIteration(builder, context, withoutParentheses(argument), "builtin", call, callee);
  }
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
