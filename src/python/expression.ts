import type { Span } from "./location.ts";
import { childByField, descendants, hasToken, namedChildren, type SyntaxNode } from "./syntax-node.ts";

/**
 * The part of an expression that resolution can follow, detached from the tree and serialisable.
 * Whatever else Python allows is `opaque`. Parentheses are dropped; spans are those of the inner node.
 */
export type Expression =
  | (Span & { readonly kind: "name"; readonly name: string })
  | (Span & { readonly kind: "attribute"; readonly object: Expression; readonly name: string })
  | (Span & { readonly kind: "call"; readonly callee: Expression; readonly arguments: readonly Argument[] })
  | (Span & { readonly kind: "await"; readonly operand: Expression })
  | (Span & {
      readonly kind: "subscript";
      readonly object: Expression;
      readonly items: readonly Expression[];
    })
  | (Span & { readonly kind: "choice"; readonly branches: readonly Expression[] })
  | (Span & { readonly kind: "union"; readonly members: readonly Expression[] })
  | (Span & { readonly kind: "string"; readonly value: string })
  /** For a dictionary the items are its values; `text` is the source of an integer. */
  | (Span & {
      readonly kind: "literal";
      readonly type: LiteralType;
      readonly items: readonly Expression[];
      readonly text?: string;
    })
  /** Names of the parameters in order; the body sees the scope with the lambda's own span. */
  | (Span & { readonly kind: "lambda"; readonly parameters: readonly string[]; readonly body: Expression })
  /** A list or set by comprehension (a generator expression: "generator"); the element sees the scope with its span. */
  | (Span & {
      readonly kind: "comprehension";
      readonly type: "list" | "set" | "generator";
      readonly element: Expression;
    })
  /** What `with` (or `async with`) binds when it enters the operand. */
  | (Span & { readonly kind: "entered"; readonly isAsync: boolean; readonly operand: Expression })
  /** What `for` (or `async for`) binds when it iterates over the operand. */
  | (Span & { readonly kind: "element"; readonly isAsync: boolean; readonly operand: Expression })
  /** The `index`-th value when the operand is unpacked. */
  | (Span & { readonly kind: "unpacked"; readonly index: number; readonly operand: Expression })
  | (Span & { readonly kind: "opaque" });

/** One argument of a call. `name` is set for keyword arguments, `splat` for `*` and `**`. */
interface Argument {
  readonly name: string | null;
  readonly splat: boolean;
  readonly value: Expression;
}

/** What a display, constant or other self-evident expression is an instance of. */
export type LiteralType =
  | "list"
  | "tuple"
  | "dict"
  | "set"
  | "str"
  | "bytes"
  | "int"
  | "float"
  | "bool"
  | "None"
  | "ellipsis";

// Deeper chains than this occur only in hostile or generated code; the cap bounds recursion.
const MAX_DEPTH = 40;

const LITERALS: Readonly<Record<string, LiteralType>> = {
  list: "list",
  tuple: "tuple",
  expression_list: "tuple",
  dictionary: "dict",
  dictionary_comprehension: "dict",
  set: "set",
  float: "float",
  true: "bool",
  false: "bool",
  none: "None",
  ellipsis: "ellipsis",
  not_operator: "bool",
};

// More values than this say no more about what a dictionary holds.
const MAX_DICTIONARY_ITEMS = 12;

/** Copies the resolvable shape of an expression node. */
export function toExpression(node: SyntaxNode, text: string, depth = 0): Expression {
  const { start, end } = node;
  const opaque: Expression = { kind: "opaque", start, end };
  if (depth > MAX_DEPTH) return opaque;
  const convert = (child: SyntaxNode): Expression => toExpression(child, text, depth + 1);
  const children = namedChildren(node);
  const [first] = children;
  switch (node.type) {
    case "identifier":
      return { kind: "name", name: text.slice(start, end), start, end };
    case "attribute": {
      const object = childByField(node, "object");
      const name = childByField(node, "attribute");
      if (object === null || name === null) return opaque;
      return {
        kind: "attribute",
        object: convert(object),
        name: text.slice(name.start, name.end),
        start,
        end,
      };
    }
    case "call": {
      const callee = childByField(node, "function");
      const list = childByField(node, "arguments");
      if (callee === null || list === null) return opaque;
      return { kind: "call", callee: convert(callee), arguments: toArguments(list, text, depth), start, end };
    }
    case "await":
      return first === undefined ? opaque : { kind: "await", operand: convert(first), start, end };
    case "subscript": {
      const object = childByField(node, "value");
      if (object === null) return opaque;
      const items = children.filter((child) => child.field === "subscript").map(convert);
      return { kind: "subscript", object: convert(object), items, start, end };
    }
    case "generic_type": {
      const parameters = children[1];
      if (first === undefined || parameters === undefined) return opaque;
      const items = namedChildren(parameters).map(convert);
      return { kind: "subscript", object: convert(first), items, start, end };
    }
    case "member_type": {
      const last = children.at(-1);
      if (first === undefined || last === undefined) return opaque;
      return {
        kind: "attribute",
        object: convert(first),
        name: text.slice(last.start, last.end),
        start,
        end,
      };
    }
    case "parenthesized_expression":
    case "type":
      return first === undefined || children.length !== 1 ? opaque : toExpression(first, text, depth + 1);
    case "comparison_operator":
      return isTruthTest(node) ? { kind: "literal", type: "bool", items: [], start, end } : opaque;
    case "conditional_expression": {
      const otherwise = children[2];
      if (first === undefined || otherwise === undefined) return opaque;
      return { kind: "choice", branches: [convert(first), convert(otherwise)], start, end };
    }
    case "boolean_operator":
      return { kind: "choice", branches: children.map(convert), start, end };
    case "union_type":
      return { kind: "union", members: children.map(convert), start, end };
    case "binary_operator":
      return node.children.some((child) => child.type === "|")
        ? { kind: "union", members: children.map(convert), start, end }
        : opaque;
    case "named_expression": {
      const value = childByField(node, "value");
      return value === null ? opaque : convert(value);
    }
    case "string":
      return stringExpression(node, text, opaque);
    case "integer":
      return { kind: "literal", type: "int", items: [], text: text.slice(start, end), start, end };
    case "concatenated_string":
      return { kind: "literal", type: "str", items: [], start, end };
    case "lambda": {
      const body = childByField(node, "body");
      const parameters = childByField(node, "parameters");
      if (body === null) return opaque;
      return {
        kind: "lambda",
        parameters: lambdaParameters(parameters, text),
        body: convert(body),
        start,
        end,
      };
    }
    case "list_comprehension":
    case "set_comprehension":
    case "generator_expression": {
      if (node.type === "generator_expression" && isAsyncGenerator(node)) return opaque;
      const body = childByField(node, "body");
      const type = COMPREHENSIONS[node.type];
      if (body === null || type === undefined) return opaque;
      return { kind: "comprehension", type, element: convert(body), start, end };
    }
    default:
      return toLiteral(node, convert, opaque);
  }
}

function toLiteral(
  node: SyntaxNode,
  convert: (child: SyntaxNode) => Expression,
  opaque: Expression,
): Expression {
  const type = LITERALS[node.type];
  if (type === undefined) return opaque;
  return { kind: "literal", type, items: literalItems(node).map(convert), start: node.start, end: node.end };
}

const COMPREHENSIONS: Readonly<Record<string, "list" | "set" | "generator">> = {
  list_comprehension: "list",
  set_comprehension: "set",
  generator_expression: "generator",
};

function literalItems(node: SyntaxNode): readonly SyntaxNode[] {
  const children = namedChildren(node);
  switch (node.type) {
    case "tuple":
    case "list":
    case "set":
    case "expression_list":
      return children;
    case "dictionary": {
      if (children.length > MAX_DICTIONARY_ITEMS || children.some((child) => child.type !== "pair"))
        return [];
      return children.flatMap((pair) => childByField(pair, "value") ?? []);
    }
    default:
      return [];
  }
}

/** The names of a lambda's parameters, without stars and defaults. */
function lambdaParameters(parameters: SyntaxNode | null, text: string): string[] {
  if (parameters === null) return [];
  return namedChildren(parameters).flatMap((parameter) => {
    for (const inner of descendants(parameter))
      if (inner.type === "identifier") return [text.slice(inner.start, inner.end)];
    return [];
  });
}

/** `is`, `in` and their negations give a `bool`; the other comparisons may be overloaded. */
function isTruthTest(node: SyntaxNode): boolean {
  return node.children.every((child) => child.isNamed || /^(is|in|not|is not|not in)$/.test(child.type));
}

/** A generator expression with an `async for` clause or an `await` is an async generator, not a generator. */
function isAsyncGenerator(node: SyntaxNode): boolean {
  for (const inner of descendants(node)) {
    if (inner.type === "await" || (inner.type === "for_in_clause" && hasToken(inner, "async"))) return true;
  }
  return false;
}

function stringExpression(node: SyntaxNode, text: string, opaque: Expression): Expression {
  const { start, end } = node;
  const opening = node.children.find((child) => child.type === "string_start");
  if (opening === undefined) return opaque;
  const prefix = text.slice(opening.start, opening.end).toLowerCase();
  if (prefix.includes("b")) return { kind: "literal", type: "bytes", items: [], start, end };
  if (prefix.includes("f") || prefix.includes("t"))
    return { kind: "literal", type: "str", items: [], start, end };
  const content = node.children.filter((child) => child.type === "string_content");
  return {
    kind: "string",
    value: content.map((part) => text.slice(part.start, part.end)).join(""),
    start,
    end,
  };
}

function toArguments(list: SyntaxNode, text: string, depth: number): Argument[] {
  if (list.type === "generator_expression") {
    return [{ name: null, splat: false, value: toExpression(list, text, depth + 1) }];
  }
  return namedChildren(list).map((child): Argument => {
    if (child.type === "keyword_argument") {
      const name = childByField(child, "name");
      const value = childByField(child, "value") ?? child;
      return {
        name: name === null ? null : text.slice(name.start, name.end),
        splat: false,
        value: toExpression(value, text, depth + 1),
      };
    }
    if (child.type === "list_splat" || child.type === "dictionary_splat") {
      const inner = namedChildren(child)[0] ?? child;
      return { name: null, splat: true, value: toExpression(inner, text, depth + 1) };
    }
    return { name: null, splat: false, value: toExpression(child, text, depth + 1) };
  });
}

/** The dotted text of a chain of names (`a.b.c`), or null for anything else. */
export function dottedName(expression: Expression): string | null {
  const parts: string[] = [];
  let current = expression;
  while (current.kind === "attribute") {
    parts.unshift(current.name);
    current = current.object;
  }
  return current.kind === "name" ? [current.name, ...parts].join(".") : null;
}
