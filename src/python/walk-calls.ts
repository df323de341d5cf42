import { positionOf } from "./call-position.ts";
import { type Expression, toExpression } from "./expression.ts";
import type { CallSite } from "./facts.ts";
import { addUse, type Context, canAwait, type FactsBuilder, scopeAt } from "./facts-builder.ts";
import { nameTestedBy } from "./guards.ts";
import type { Span } from "./location.ts";
import { patchedBy } from "./patched-names.ts";
import { childByField, namedChildren, type SyntaxNode } from "./syntax-node.ts";
import type { Push } from "./walk-types.ts";

/** The place of a node without the node. */
export function span({ start, end }: Span): Span {
  return { start, end };
}

/** Pushes all children in the same context. */
export function visitAll(node: SyntaxNode, context: Context, push: Push): void {
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

/** Records that an expression is iterated over without `async for`. */
export function addIteration(
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

/** Records a call and what it does with its arguments. */
export function visitCall(builder: FactsBuilder, node: SyntaxNode, context: Context, push: Push): void {
  const callee = childByField(node, "function");
  const list = childByField(node, "arguments");
  visitAll(node, context, push);
  const expression = toExpression(node, builder.text);
  if (callee === null || list === null || expression.kind !== "call") return;
  if (context.isDead !== true) addCall(builder, context, node, expression);
  const tested = nameTestedBy(node, builder.text);
  if (tested !== null) {
    for (const scope of [scopeAt(builder, context.scope), scopeAt(builder, context.owner)])
      (tested.isKindTest ? scope.guardedNames : scope.testedNames).add(tested.name);
  }
  for (const name of patchedBy(node, builder.text)) builder.patchedNames.add(name);
  if (list.type === "generator_expression") return;
  const positional = namedChildren(list).filter((one) => one.type !== "keyword_argument");
  const target = expression.callee;
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

function addCall(
  builder: FactsBuilder,
  context: Context,
  node: SyntaxNode,
  expression: CallSite["expression"],
): void {
  const { scope, owner, block, isInGeneratorExpression, statement } = context;
  builder.calls.push({
    ...span(node),
    expression,
    scope,
    owner,
    block,
    position: positionOf(node),
    canAwait: canAwait(builder, context),
    isInGeneratorExpression,
    statement,
  });
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
