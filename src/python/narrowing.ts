import { type Expression, toExpression } from "./expression.ts";
import { bind, type Context, type FactsBuilder, scopeAt } from "./facts-builder.ts";
import { childByField, namedChildren, type SyntaxNode } from "./syntax-node.ts";

/** `if isinstance(name, T):` says what the name is in the suite. `context` is that of the suite. */
export function bindNarrowing(builder: FactsBuilder, branch: SyntaxNode, context: Context): void {
  const condition = childByField(branch, "condition");
  for (const test of condition === null ? [] : conjuncts(condition))
    addNarrowing(builder, test, context, condition?.end ?? branch.start);
}

/** Behind `if not isinstance(name, T): return`, the name is a `T`. */
export function bindEarlyExit(builder: FactsBuilder, statement: SyntaxNode, context: Context): void {
  const condition = childByField(statement, "condition");
  const suite = childByField(statement, "consequence");
  if (condition?.type !== "not_operator" || suite === null) return;
  if (statement.children.some((child) => child.type === "elif_clause" || child.type === "else_clause"))
    return;
  const last = namedChildren(suite).at(-1);
  if (last === undefined || !/^(return|raise|continue|break)_statement$/.test(last.type)) return;
  const test = childByField(condition, "argument");
  if (test !== null) addNarrowing(builder, test, context, statement.end);
}

function conjuncts(condition: SyntaxNode): SyntaxNode[] {
  if (condition.type === "parenthesized_expression") return namedChildren(condition).flatMap(conjuncts);
  if (condition.type !== "boolean_operator") return [condition];
  if (!condition.children.some((child) => child.type === "and")) return [];
  return namedChildren(condition).flatMap(conjuncts);
}

function addNarrowing(builder: FactsBuilder, test: SyntaxNode, context: Context, at: number): void {
  if (test.type !== "call") return;
  const callee = childByField(test, "function");
  const list = childByField(test, "arguments");
  if (callee === null || list === null || textOf(builder, callee) !== "isinstance") return;
  const [name, types] = namedChildren(list);
  if (name?.type !== "identifier" || types === undefined) return;
  // A name of an outer scope must not become a local one by being tested.
  if (!scopeAt(builder, context.scope).bindings.has(textOf(builder, name))) return;
  const given = toExpression(types, builder.text);
  bind(builder, context, textOf(builder, name), at, { kind: "narrowing", types: alternatives(given) });
}

function alternatives(types: Expression): readonly Expression[] {
  if (types.kind === "literal" && types.type === "tuple") return types.items;
  return types.kind === "union" ? types.members : [types];
}

function textOf(builder: FactsBuilder, node: SyntaxNode): string {
  return builder.text.slice(node.start, node.end);
}
