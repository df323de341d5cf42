import { assignedValue, bindTarget } from "./bind-target.ts";
import { addDiscards } from "./discards.ts";
import { type Expression, toExpression } from "./expression.ts";
import {
  addUse,
  bind,
  type Context,
  canAwait,
  createUse,
  type FactsBuilder,
  isAsyncOwner,
  markRead,
  openBlock,
  scopeAt,
} from "./facts-builder.ts";
import { guardedName } from "./guards.ts";
import type { Span } from "./location.ts";
import { bindEarlyExit, bindNarrowing } from "./narrowing.ts";
import { childByField, descendants, hasToken, namedChildren, type SyntaxNode } from "./syntax-node.ts";
import { visitFromImport, visitImport } from "./walk-imports.ts";
import type { Handler, Push } from "./walk-types.ts";

/** Handlers of statements that bind names, open blocks or consume values. */
export const STATEMENT_HANDLERS: Readonly<Record<string, Handler>> = {
  expression_statement: (builder, node, context, push) => {
    const inner = { ...context, statement: span(node) };
    addDiscards(builder, node, inner);
    pushNamed(node, inner, push);
  },
  assignment: visitAssignment,
  augmented_assignment: (builder, node, context, push) => {
    const left = childByField(node, "left");
    if (left !== null) {
      bindTarget(builder, context, left, null, null, push, node.end);
      push(left, context);
    }
    push(childByField(node, "right"), context);
  },
  named_expression: (builder, node, context, push) => {
    const name = childByField(node, "name");
    const value = childByField(node, "value");
    push(value, context);
    if (name === null || value === null) return;
    let scope = context.scope;
    while (scopeAt(builder, scope).kind === "comprehension") scope = scopeAt(builder, scope).parent ?? 0;
    const block = openBlock(builder, context.block, false, node);
    bindTarget(
      builder,
      { ...context, scope, block },
      name,
      toExpression(value, builder.text),
      null,
      push,
      node.end,
    );
  },
  type_alias_statement: visitTypeAlias,
  for_statement: visitFor,
  while_statement: (builder, node, context, push) => {
    const block = openBlock(builder, context.block, true, node);
    const inner = { ...context, block };
    push(childByField(node, "condition"), { ...inner, statement: span(node) });
    pushSuites(builder, node, inner, push);
  },
  if_statement: visitBranches,
  elif_clause: visitBranches,
  else_clause: visitBranches,
  try_statement: visitBranches,
  finally_clause: visitBranches,
  except_clause: visitBranches,
  match_statement: (builder, node, context, push) => {
    const subject = childByField(node, "subject");
    if (subject !== null) {
      const name = guardedName(subject, builder.text);
      if (name !== null) scopeAt(builder, context.scope).testedNames.add(name);
    }
    pushNamed(node, { ...context, statement: span(node) }, push);
  },
  case_clause: (builder, node, context, push) => {
    const choice = node.parent?.start ?? -1;
    const inner = { ...context, block: openBlock(builder, context.block, false, node, choice) };
    for (const child of namedChildren(node)) {
      if (child.type === "case_pattern") bindPattern(builder, child, inner);
      else push(child, inner);
    }
  },
  with_statement: visitWith,
  delete_statement: (builder, node, context, push) => {
    for (const inner of descendants(node)) {
      if (inner.type === "identifier") bindTarget(builder, context, inner, null, null, () => undefined);
    }
    pushNamed(node, context, push);
  },
  global_statement: visitOuterNames,
  nonlocal_statement: visitOuterNames,
  import_statement: visitImport,
  import_from_statement: visitFromImport,
  future_import_statement: () => undefined,
  return_statement: (builder, node, context, push) => {
    const inner = { ...context, statement: span(node) };
    const [value] = namedChildren(node);
    if (value !== undefined) {
      builder.placements.push({
        ...placement(inner, node),
        form: "return-value",
        detail: "return",
        isLegal: true,
        expression: toExpression(value, builder.text),
      });
    }
    pushNamed(node, inner, push);
  },
  raise_statement: (builder, node, context, push) => {
    const inner = { ...context, statement: span(node) };
    const [value] = namedChildren(node);
    const name = value?.type === "call" ? childByField(value, "function") : value;
    const raised = name === null || name === undefined ? "" : textOf(builder, name);
    if (raised === "StopAsyncIteration" || raised === "StopIteration") {
      builder.placements.push({
        ...placement(inner, node),
        form: "raise-stop",
        detail: raised,
        isLegal: true,
        expression: null,
      });
    }
    pushNamed(node, inner, push);
  },
};

export function textOf(builder: FactsBuilder, node: Span): string {
  return builder.text.slice(node.start, node.end);
}

function span({ start, end }: Span): Span {
  return { start, end };
}

function placement(context: Context, node: Span) {
  return { ...span(node), owner: context.owner, scope: context.scope, block: context.block };
}

function pushNamed(node: SyntaxNode, context: Context, push: Push): void {
  for (const child of node.children) if (child.isNamed) push(child, context);
}

/** Suites run conditionally: each gets a block of its own; conditions stay in the block around. */
function pushSuites(
  builder: FactsBuilder,
  node: SyntaxNode,
  context: Context,
  push: Push,
  choice = -1,
): void {
  for (const child of node.children) {
    if (!child.isNamed || child.field === "condition") continue;
    if (child.type === "block") {
      const block = openBlock(builder, context.block, false, child, choice);
      const isConsequence = child.field === "consequence";
      if (isConsequence) bindNarrowing(builder, node, { ...context, block });
      push(
        child,
        isConsequence && isNeverTrue(builder, node)
          ? { ...context, block, isDead: true }
          : { ...context, block },
      );
    } else push(child, context);
  }
}

/** `type X[T] = …` */
function visitTypeAlias(builder: FactsBuilder, node: SyntaxNode, context: Context): void {
  const name = [...descendants(node)].find((inner) => inner.type === "identifier");
  const type = childByField(node, "right");
  if (name === undefined || type === null) return;
  const left = childByField(node, "left");
  const generic = [...descendants(left ?? node)].find((inner) => inner.type === "type_parameter");
  const names = generic === undefined ? [] : namedChildren(generic);
  bind(builder, context, textOf(builder, name), node.start, {
    kind: "type-alias",
    type: toExpression(type, builder.text),
    typeParameters: names.map((one) => ({ name: textOf(builder, one), bound: null })),
  });
}

function visitBranches(builder: FactsBuilder, node: SyntaxNode, context: Context, push: Push): void {
  const inner = { ...context, statement: span(node) };
  push(childByField(node, "condition"), inner);
  const caught = childByField(node, "value");
  const alias = caught?.type === "as_pattern" ? childByField(caught, "alias") : null;
  if (alias !== null) bindTarget(builder, context, alias, null, null, push);
  pushSuites(builder, node, inner, push, choiceOf(node));
  if (node.type === "if_statement") bindEarlyExit(builder, node, context);
}

/** `if False:`, `if 0:`, `if False and …:` */
function isNeverTrue(builder: FactsBuilder, branch: SyntaxNode): boolean {
  let condition = childByField(branch, "condition");
  while (condition?.type === "boolean_operator" && condition.children.some((child) => child.type === "and"))
    condition = namedChildren(condition)[0] ?? null;
  return condition !== null && /^(False|0|(typing\.)?TYPE_CHECKING)$/.test(textOf(builder, condition));
}

/** The branches of one `if` share the place where it starts. */
function choiceOf(node: SyntaxNode): number {
  if (node.type === "if_statement") return node.start;
  return node.parent?.type === "if_statement" ? node.parent.start : -1;
}

function visitAssignment(builder: FactsBuilder, node: SyntaxNode, context: Context, push: Push): void {
  const left = childByField(node, "left");
  const right = childByField(node, "right");
  const type = childByField(node, "type");
  const annotation = type === null ? null : toExpression(type, builder.text);
  const value = assignedValue(node, builder.text);
  if (left === null) return;
  const isDeclaration = right === null;
  bindTarget(builder, context, left, isDeclaration ? null : value, annotation, push, node.end);
  push(type, context);
  if (right === null || value === null) return;
  push(right, context);
  if (right.type === "assignment") return;
  if (isSequence(left) && value.kind !== "literal") {
    addUse(builder, context, value, {
      way: "iterate",
      isAsync: false,
      form: "unpack",
      callee: null,
      outer: span(node),
      canBeAsync: false,
    });
  }
  const isChained = node.parent?.type === "assignment";
  const isFunctionLocal = scopeAt(builder, context.scope).kind === "function";
  if (left.type !== "identifier" || annotation !== null || isChained || !isFunctionLocal) return;
  const name = textOf(builder, left);
  if (value.kind === "call" && !(name === "_" && hasCommentOnLine(builder, node))) {
    const consumption = { way: "discard", form: "local", outer: span(node), name } as const;
    const use = createUse(builder, context, value, consumption);
    builder.localCandidates.push({ name, scope: context.scope, use });
  }
}

function hasCommentOnLine(builder: FactsBuilder, node: SyntaxNode): boolean {
  const lineEnd = builder.text.indexOf("\n", node.end);
  return builder.text.slice(node.end, lineEnd === -1 ? undefined : lineEnd).includes("#");
}

function isSequence(node: SyntaxNode): boolean {
  return node.type === "pattern_list" || node.type === "tuple_pattern" || node.type === "list_pattern";
}

function visitFor(builder: FactsBuilder, node: SyntaxNode, context: Context, push: Push): void {
  const left = childByField(node, "left");
  const right = childByField(node, "right");
  if (left === null || right === null) return;
  const isAsync = hasToken(node, "async");
  const operand = toExpression(right, builder.text);
  const outer = { ...context, statement: span(node) };
  if (isAsync) addAsyncPlacement(builder, node, outer, "async-for", "async for");
  addUse(builder, outer, operand, {
    way: "iterate",
    isAsync,
    form: "for",
    callee: null,
    outer: span(node),
    canBeAsync: canAwait(builder, outer),
  });
  push(right, outer);
  const inner = { ...outer, block: openBlock(builder, context.block, true, node) };
  const element: Expression = { kind: "element", isAsync, operand, start: right.start, end: right.end };
  bindTarget(builder, inner, left, element, null, push, right.end);
  push(childByField(node, "body"), inner);
  push(childByField(node, "alternative"), outer);
}

function visitWith(builder: FactsBuilder, node: SyntaxNode, context: Context, push: Push): void {
  const isAsync = hasToken(node, "async");
  const outer = { ...context, statement: span(node) };
  if (isAsync) addAsyncPlacement(builder, node, outer, "async-with", "async with");
  const clause = node.children.find((child) => child.type === "with_clause");
  const items = (clause === undefined ? [] : namedChildren(clause)).filter(
    (item) => item.type === "with_item",
  );
  for (const item of items) {
    const value = childByField(item, "value");
    if (value === null) continue;
    const alias = value.type === "as_pattern" ? childByField(value, "alias") : null;
    const entered = alias === null ? value : (namedChildren(value)[0] ?? value);
    const operand = toExpression(entered, builder.text);
    const form = { way: "enter", isAsync, form: "with", outer: span(node), itemCount: items.length } as const;
    addUse(builder, outer, operand, form);
    push(entered, outer);
    if (alias === null) continue;
    const bound: Expression = { kind: "entered", isAsync, operand, start: operand.start, end: operand.end };
    bindTarget(builder, outer, alias, bound, null, push);
  }
  push(childByField(node, "body"), outer);
}

function addAsyncPlacement(
  builder: FactsBuilder,
  node: SyntaxNode,
  context: Context,
  form: "async-for" | "async-with",
  detail: string,
): void {
  const keyword = node.children.find((child) => child.type === "async") ?? node;
  builder.placements.push({
    ...placement(context, keyword),
    form,
    detail,
    isLegal: isAsyncOwner(builder, context),
    expression: null,
  });
}

function visitOuterNames(builder: FactsBuilder, node: SyntaxNode, context: Context): void {
  for (const name of namedChildren(node)) {
    scopeAt(builder, context.scope).outerNames.add(textOf(builder, name));
    markRead(builder, context, textOf(builder, name));
  }
}

function bindPattern(builder: FactsBuilder, pattern: SyntaxNode, context: Context): void {
  for (const inner of descendants(pattern)) {
    if (inner.type !== "identifier") continue;
    bindTarget(builder, context, inner, null, null, () => undefined);
    markRead(builder, context, textOf(builder, inner));
  }
}
