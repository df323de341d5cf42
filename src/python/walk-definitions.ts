import { type Expression, toExpression } from "./expression.ts";
import type { Parameter, TypeParameter } from "./facts.ts";
import { bind, type Context, type FactsBuilder, openBlock, openScope } from "./facts-builder.ts";
import { functionShape } from "./function-shape.ts";
import { childByField, descendants, hasToken, namedChildren, type SyntaxNode } from "./syntax-node.ts";
import { textOf } from "./walk-statements.ts";
import type { Handler, Push } from "./walk-types.ts";

/** Handlers of everything that opens a scope of its own with a name (and of lambdas). */
export const DEFINITION_HANDLERS: Readonly<Record<string, Handler>> = {
  function_definition: visitFunction,
  class_definition: visitClass,
  lambda: visitLambda,
};

function decoratorsOf(builder: FactsBuilder, node: SyntaxNode): Expression[] {
  if (node.parent?.type !== "decorated_definition") return [];
  const decorators: Expression[] = [];
  for (const child of node.parent.children) {
    if (child.type !== "decorator") continue;
    const [expression] = namedChildren(child);
    if (expression !== undefined) decorators.push(toExpression(expression, builder.text));
  }
  return decorators;
}

function visitFunction(builder: FactsBuilder, node: SyntaxNode, context: Context, push: Push): void {
  const nameNode = childByField(node, "name");
  const body = childByField(node, "body");
  if (nameNode === null || body === null) return;
  const name = textOf(builder, nameNode);
  const index = builder.functions.length;
  const scope = openScope(builder, "function", context.scope, name, index, node);
  const parameters = childByField(node, "parameters");
  const returnType = childByField(node, "return_type");
  builder.functions.push({
    start: node.start,
    end: node.end,
    name,
    nameSpan: { start: nameNode.start, end: nameNode.end },
    scope,
    parentScope: context.scope,
    isAsync: hasToken(node, "async"),
    yields: [],
    decorators: decoratorsOf(builder, node),
    parameters: readParameters(builder, parameters),
    typeParameters: typeParametersOf(builder, node),
    returnAnnotation: returnType === null ? null : toExpression(returnType, builder.text),
    ...functionShape(body, builder.text),
    hasMisplacedAwait: false,
  });
  bind(builder, context, name, node.start, { kind: "function", index });
  push(returnType, context);
  const inner: Context = {
    scope,
    owner: scope,
    block: openBlock(builder, -1, false, body),
    isInGeneratorExpression: false,
    comprehensionDepth: 0,
    statement: { start: body.start, end: body.end },
  };
  visitParameters(builder, parameters, context, inner, push);
  push(body, inner);
}

/** The parameters of a function or lambda, in order. */
function readParameters(builder: FactsBuilder, parameters: SyntaxNode | null): Parameter[] {
  const all: Parameter[] = [];
  let isKeywordOnly = false;
  for (const parameter of parameters === null ? [] : namedChildren(parameters)) {
    if (parameter.type === "keyword_separator") isKeywordOnly = true;
    const name = parameterName(parameter);
    if (name === null) continue;
    const variadic = isVariadic(parameter);
    const type = childByField(parameter, "type");
    const value = childByField(parameter, "value");
    const kind = variadic
      ? isDoubleStarred(parameter)
        ? "kwargs"
        : "args"
      : isKeywordOnly
        ? "keyword"
        : "positional";
    all.push({
      name: textOf(builder, name),
      kind,
      annotation: type === null ? null : toExpression(type, builder.text),
      default: value === null ? null : toExpression(value, builder.text),
    });
    if (variadic) isKeywordOnly = true;
  }
  return all;
}

function isDoubleStarred(parameter: SyntaxNode): boolean {
  const splat = /splat_pattern$/.test(parameter.type) ? parameter : namedChildren(parameter)[0];
  return splat?.type === "dictionary_splat_pattern";
}

function parameterName(parameter: SyntaxNode): SyntaxNode | null {
  for (const inner of descendants(parameter)) if (inner.type === "identifier") return inner;
  return null;
}

function isVariadic(parameter: SyntaxNode): boolean {
  const first = namedChildren(parameter)[0]?.type ?? "";
  return /splat_pattern$/.test(parameter.type) || /splat_pattern$/.test(first);
}

/** Binds the parameters inside; defaults and annotations are evaluated outside. */
function visitParameters(
  builder: FactsBuilder,
  parameters: SyntaxNode | null,
  outer: Context,
  inner: Context,
  push: Push,
): void {
  let position = 0;
  let isKeywordOnly = false;
  for (const parameter of parameters === null ? [] : namedChildren(parameters)) {
    if (parameter.type === "keyword_separator") isKeywordOnly = true;
    const name = parameterName(parameter);
    if (name === null) continue;
    const variadic = isVariadic(parameter);
    if (variadic) isKeywordOnly = true;
    const type = childByField(parameter, "type");
    const value = childByField(parameter, "value");
    bind(builder, inner, textOf(builder, name), name.start, {
      kind: "parameter",
      annotation: type === null ? null : toExpression(type, builder.text),
      position: isKeywordOnly ? -1 : position,
      isVariadic: variadic,
      isKeywords: variadic && isDoubleStarred(parameter),
      default: value === null ? null : toExpression(value, builder.text),
    });
    position += 1;
    push(type, outer);
    push(value, outer);
  }
}

function visitClass(builder: FactsBuilder, node: SyntaxNode, context: Context, push: Push): void {
  const nameNode = childByField(node, "name");
  const body = childByField(node, "body");
  if (nameNode === null || body === null) return;
  const name = textOf(builder, nameNode);
  const index = builder.classes.length;
  const scope = openScope(builder, "class", context.scope, name, index, node);
  const superclasses = childByField(node, "superclasses");
  const bases = superclasses === null ? [] : namedChildren(superclasses);
  builder.classes.push({
    start: node.start,
    end: node.end,
    name,
    nameSpan: { start: nameNode.start, end: nameNode.end },
    scope,
    parentScope: context.scope,
    bases: bases
      .filter((base) => base.type !== "keyword_argument")
      .map((base) => toExpression(base, builder.text)),
    hasMetaclass: bases.some((base) => isMetaclass(builder, base)),
    decorators: decoratorsOf(builder, node),
    typeParameters: typeParametersOf(builder, node),
    selfAttributes: new Map(),
  });
  bind(builder, context, name, node.start, { kind: "class", index });
  push(superclasses, context);
  push(body, { ...context, scope, owner: scope, isInGeneratorExpression: false, comprehensionDepth: 0 });
}

/** `metaclass=ABCMeta` changes nothing about calls and protocols; any other metaclass may. */
function isMetaclass(builder: FactsBuilder, argument: SyntaxNode): boolean {
  if (argument.type !== "keyword_argument") return false;
  const name = childByField(argument, "name");
  const value = childByField(argument, "value");
  if (name === null || value === null || textOf(builder, name) !== "metaclass") return false;
  return !/(^|\.)ABCMeta$/.test(textOf(builder, value));
}

/** Type parameters of PEP 695: `[T, U: Base, *Ts, **P, D = int]` behind the name. */
function typeParametersOf(builder: FactsBuilder, definition: SyntaxNode): TypeParameter[] {
  const node = definition.children.find((child) => child.type === "type_parameter");
  const all: TypeParameter[] = [];
  for (const parameter of node === undefined ? [] : namedChildren(node)) {
    const name = parameterName(parameter);
    if (name === null) continue;
    const constrained = [...descendants(parameter)].find((inner) => inner.type === "constrained_type");
    const bound = constrained === undefined ? undefined : namedChildren(constrained)[1];
    all.push({
      name: textOf(builder, name),
      bound: bound === undefined ? null : toExpression(bound, builder.text),
    });
  }
  return all;
}

function visitLambda(builder: FactsBuilder, node: SyntaxNode, context: Context, push: Push): void {
  const scope = openScope(builder, "lambda", context.scope, "<lambda>", -1, node);
  const inner: Context = {
    ...context,
    scope,
    owner: scope,
    isInGeneratorExpression: false,
    comprehensionDepth: 0,
  };
  visitParameters(builder, childByField(node, "parameters"), context, inner, push);
  push(childByField(node, "body"), inner);
}
