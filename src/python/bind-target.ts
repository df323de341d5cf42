import { type Expression, toExpression } from "./expression.ts";
import { bind, type Context, type FactsBuilder, scopeAt } from "./facts-builder.ts";
import { childByField, namedChildren, type SyntaxNode } from "./syntax-node.ts";
import type { Push } from "./walk-types.ts";

const SEQUENCES = new Set([
  "pattern_list",
  "tuple_pattern",
  "list_pattern",
  "expression_list",
  "tuple",
  "list",
  "as_pattern_target",
]);

/**
 * Binds the names of an assignment target (also of `for`, `with … as` and comprehension clauses) to what
 * they receive. A null value means "something unknown". Parts that are read (`a[i] = …`) are visited.
 * `at` is the offset from which the binding holds: the end of its statement, so that `x = await x` reads the old one.
 */
export function bindTarget(
  builder: FactsBuilder,
  context: Context,
  target: SyntaxNode,
  value: Expression | null,
  annotation: Expression | null,
  push: Push,
  at = target.start,
): void {
  const { start, end } = target;
  if (target.type === "identifier") {
    bind(builder, context, builder.text.slice(start, end), at, { kind: "value", value, annotation });
    return;
  }
  if (target.type === "attribute") {
    bindAttribute(builder, context, target, value, annotation, at);
    push(childByField(target, "object"), context);
    return;
  }
  if (target.type === "parenthesized_expression" || target.type === "as_pattern_target") {
    const [inner] = namedChildren(target);
    if (inner !== undefined) bindTarget(builder, context, inner, value, annotation, push, at);
    return;
  }
  if (SEQUENCES.has(target.type)) {
    const parts = namedChildren(target);
    const starAt = parts.findIndex((part) => part.type.startsWith("list_splat"));
    for (const [index, part] of parts.entries()) {
      const isKnown = value !== null && (starAt === -1 || index < starAt);
      const item: Expression | null = isKnown ? unpacked(value, index) : null;
      bindTarget(builder, context, part, item, null, push, at);
    }
    return;
  }
  if (target.type.startsWith("list_splat")) {
    const [inner] = namedChildren(target);
    if (inner !== undefined) bindTarget(builder, context, inner, null, null, push, at);
    return;
  }
  push(target, context);
}

function unpacked(value: Expression, index: number): Expression {
  const isDisplay = value.kind === "literal" && (value.type === "tuple" || value.type === "list");
  const item = isDisplay ? value.items[index] : undefined;
  return item ?? { kind: "unpacked", index, operand: value, start: value.start, end: value.end };
}

/** `self.x = …` in a method belongs to the class; on any other object it replaces something we cannot follow. */
function bindAttribute(
  builder: FactsBuilder,
  context: Context,
  target: SyntaxNode,
  value: Expression | null,
  annotation: Expression | null,
  at: number,
): void {
  const name = childByField(target, "attribute");
  const object = childByField(target, "object");
  if (name === null || object === null) return;
  const attribute = builder.text.slice(name.start, name.end);
  const owner = ownClass(builder, context, builder.text.slice(object.start, object.end));
  if (owner === null) {
    if (isReplacement(value)) builder.patchedNames.add(attribute);
    else builder.assignedAttributes.add(attribute);
    return;
  }
  const entry = { at, scope: context.scope, block: context.block, value, annotation };
  const known = owner.selfAttributes.get(attribute);
  if (known === undefined) owner.selfAttributes.set(attribute, [entry]);
  else known.push(entry);
}

/** Mocks and lambdas are put where a method or an object of another kind was. */
function isReplacement(value: Expression | null): boolean {
  if (value === null || value.kind === "lambda") return true;
  if (value.kind !== "call") return false;
  const { callee } = value;
  const last = callee.kind === "name" || callee.kind === "attribute" ? callee.name : "";
  return /mock|patch|fake|stub|spec|partial|Dummy/i.test(last);
}

/** The class whose instance (or which itself) `name` stands for in the method around `context`. */
function ownClass(
  builder: FactsBuilder,
  context: Context,
  name: string,
): FactsBuilder["classes"][number] | null {
  for (let index: number | null = context.scope; index !== null; ) {
    const scope = scopeAt(builder, index);
    if (scope.kind === "function" && builder.functions[scope.subject]?.parameters[0]?.name === name) {
      const around = scope.parent === null ? null : scopeAt(builder, scope.parent);
      return around?.kind === "class" ? (builder.classes[around.subject] ?? null) : null;
    }
    if (scope.bindings.has(name)) return null;
    index = scope.parent;
  }
  return null;
}

const assigned = new WeakMap<SyntaxNode, Expression | null>();

/** The value of an assignment's right side, following `a = b = value`. */
export function assignedValue(node: SyntaxNode, text: string): Expression | null {
  const known = assigned.get(node);
  if (known !== undefined) return known;
  const chain = [node];
  let right = childByField(node, "right");
  while (right?.type === "assignment") {
    chain.push(right);
    right = childByField(right, "right");
  }
  const value = right === null ? null : toExpression(right, text);
  // The inner assignments of a chain have the same value; walking each anew would be quadratic.
  for (const one of chain) assigned.set(one, value);
  return value;
}
