import {
  childByField,
  descendants,
  hasToken,
  namedChildren,
  type SyntaxNode,
} from "../../src/python/syntax-node.ts";
import { decide, type PythonVersion } from "./conditions.ts";
import { expressionText } from "./expression-text.ts";
import { constructed, inferResult } from "./infer-result.ts";
import type { ClassItem, FunctionItem, ImportItem, Item, Parameter, Stub, ValueItem } from "./stub.ts";

/** The version whose definitions are taken, and those whose further names are added. */
const TARGET: PythonVersion = [3, 13];
const FURTHER: readonly PythonVersion[] = [
  [3, 12],
  [3, 11],
  [3, 10],
  [3, 14],
];

interface Source {
  readonly text: string;
  /** Bodies are code, not stubs: results may be inferred from them. */
  readonly hasBodies: boolean;
}

/** What a parsed module declares; conditions are decided, bodies and documentation dropped. */
export function readModule(root: SyntaxNode, source: Source, module: string, isPackage: boolean): Stub {
  const statements = statementsOf(namedChildren(root), source);
  const stub: Stub = { module, isPackage, exports: readExports(statements, source), imports: [], items: [] };
  for (const node of statements) stub.imports.push(...readImports(node, source));
  stub.items = readItems(statements, source);
  return stub;
}

/** The statements that count: those of the target version, then those that bind names no other version binds. */
function statementsOf(body: readonly SyntaxNode[], source: Source): SyntaxNode[] {
  const chosen = flatten(body, source, TARGET);
  const bound = new Set(chosen.flatMap((node) => boundNames(node, source)));
  for (const version of FURTHER) {
    const further = flatten(body, source, version).filter((node) => {
      const names = boundNames(node, source);
      return names.length > 0 && names.every((name) => !bound.has(name));
    });
    chosen.push(...further);
    for (const node of further) for (const name of boundNames(node, source)) bound.add(name);
  }
  return chosen;
}

function flatten(body: readonly SyntaxNode[], source: Source, version: PythonVersion): SyntaxNode[] {
  return body.flatMap((node): SyntaxNode[] => {
    if (node.type === "if_statement") return flatten(branchOf(node, source, version), source, version);
    if (node.type === "try_statement" || node.type === "with_statement") {
      const block = childByField(node, "body");
      return block === null ? [] : flatten(namedChildren(block), source, version);
    }
    return [node];
  });
}

/** The branch that is taken; of an `if` that cannot be decided, the first. */
function branchOf(node: SyntaxNode, source: Source, version: PythonVersion): SyntaxNode[] {
  for (const part of [node, ...namedChildren(node).filter(({ type }) => type === "elif_clause")]) {
    const condition = childByField(part, "condition");
    const value = condition === null ? null : decide(condition, source.text, version);
    const block = childByField(part, "consequence");
    if (value !== false) return block === null ? [] : namedChildren(block);
  }
  const last = namedChildren(node).find(({ type }) => type === "else_clause");
  const block = last === undefined ? null : childByField(last, "body");
  return block === null ? [] : namedChildren(block);
}

function boundNames(node: SyntaxNode, source: Source): string[] {
  const imported = readImports(node, source);
  if (imported.length > 0) return imported.map(({ bound }) => bound);
  const [item] = readItems([node], { ...source, hasBodies: false });
  return item === undefined ? [] : [item.name];
}

function readImports(node: SyntaxNode, { text }: Source): ImportItem[] {
  const slice = (one: SyntaxNode | null): string => (one === null ? "" : text.slice(one.start, one.end));
  if (node.type === "import_statement") {
    return namedChildren(node).map((one): ImportItem => {
      const module = one.type === "aliased_import" ? slice(childByField(one, "name")) : slice(one);
      const alias = one.type === "aliased_import" ? slice(childByField(one, "alias")) : "";
      const bound = alias === "" ? (module.split(".")[0] ?? module) : alias;
      return { kind: "import", module, name: "", bound, isAliased: alias !== "" };
    });
  }
  if (node.type !== "import_from_statement") return [];
  const module = slice(childByField(node, "module_name")).replace(/\s/g, "");
  if (node.children.some(({ type }) => type === "wildcard_import"))
    return [{ kind: "from", module, name: "*", bound: `* ${module}`, isAliased: false }];
  return node.children
    .filter(({ field }) => field === "name")
    .map((one): ImportItem => {
      const isAliased = one.type === "aliased_import";
      const name = isAliased ? slice(childByField(one, "name")) : slice(one);
      const bound = isAliased ? slice(childByField(one, "alias")) : name;
      return { kind: "from", module, name, bound, isAliased };
    });
}

/** The strings of `__all__ = […]` and `__all__ += […]`. */
function readExports(statements: readonly SyntaxNode[], { text }: Source): Set<string> | null {
  const code = statements
    .map(({ start, end }) => text.slice(start, end))
    .filter((statement) => /^__all__\s*(:[^=]*)?\+?=/.test(statement));
  if (code.length === 0) return null;
  return new Set(code.flatMap((one) => [...one.matchAll(/["'](\w+)["']/g)].map((match) => match[1] ?? "")));
}

function readItems(statements: readonly SyntaxNode[], source: Source): Item[] {
  return statements.flatMap((node): Item[] => {
    if (node.type === "decorated_definition") {
      const definition = childByField(node, "definition");
      if (definition === null) return [];
      const decorators = namedChildren(node)
        .filter(({ type }) => type === "decorator")
        .map((one) => expressionText(namedChildren(one)[0] ?? one, source.text));
      return readDefinition(definition, decorators, source);
    }
    return readDefinition(node, [], source);
  });
}

function readDefinition(node: SyntaxNode, decorators: string[], source: Source): Item[] {
  switch (node.type) {
    case "function_definition":
      return [readFunction(node, decorators, source)];
    case "class_definition":
      return [readClass(node, decorators, source)];
    case "type_alias_statement": {
      const [left, right] = namedChildren(node);
      if (left === undefined || right === undefined) return [];
      const name = source.text.slice(left.start, left.end).replace(/\[.*$/s, "");
      return [{ kind: "value", name, annotation: null, value: expressionText(right, source.text) }];
    }
    case "delete_statement":
      return [...descendants(node)]
        .filter(({ type }) => type === "identifier")
        .map(({ start, end }): ValueItem => {
          return { kind: "value", name: source.text.slice(start, end), annotation: null, value: null };
        });
    case "expression_statement": {
      const [inner] = namedChildren(node);
      return inner?.type === "assignment" ? readAssignment(inner, source) : [];
    }
    default:
      return [];
  }
}

function readFunction(node: SyntaxNode, decorators: string[], source: Source): FunctionItem {
  const { text } = source;
  const name = childByField(node, "name");
  const returns = childByField(node, "return_type");
  const body = childByField(node, "body");
  const isAsync = hasToken(node, "async");
  const hasYield = body !== null && ownNodes(body).some(({ type }) => type === "yield");
  const annotated = returns === null ? null : expressionText(returns, text);
  const inferred = (): string | null =>
    source.hasBodies && body !== null && !hasYield ? inferResult(ownNodes(body), text) : null;
  return {
    kind: "function",
    name: name === null ? "" : text.slice(name.start, name.end),
    isAsync,
    hasYield,
    decorators,
    typeParameters: typeParametersOf(node, text),
    parameters: readParameters(childByField(node, "parameters"), text),
    returns: annotated ?? inferred(),
  };
}

/** The nodes of a function's own scope. */
function ownNodes(body: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const pending = [...body.children].reverse();
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    found.push(node);
    if (!["function_definition", "lambda", "class_definition"].includes(node.type))
      pending.push(...[...node.children].reverse());
  }
  return found;
}

function typeParametersOf(node: SyntaxNode, text: string): string {
  const list = childByField(node, "type_parameters");
  return list === null ? "" : text.slice(list.start, list.end).replace(/\s+/g, " ");
}

function readParameters(list: SyntaxNode | null, text: string): Parameter[] {
  if (list === null) return [];
  return namedChildren(list).map((node): Parameter => {
    const type = childByField(node, "type");
    const annotation = type === null ? null : expressionText(type, text);
    const hasDefault = childByField(node, "value") !== null;
    const named = childByField(node, "name") ?? (node.type === "identifier" ? node : namedChildren(node)[0]);
    const code = named === undefined ? "" : text.slice(named.start, named.end);
    if (node.type === "keyword_separator")
      return { star: "*", name: "", annotation: null, hasDefault: false };
    if (node.type === "positional_separator")
      return { star: "/", name: "", annotation: null, hasDefault: false };
    const [, stars = "", name = ""] = /^(\*{0,2})(.*)$/s.exec(
      node.type === "list_splat_pattern" || node.type === "dictionary_splat_pattern"
        ? text.slice(node.start, node.end)
        : code,
    ) ?? ["", "", code];
    return { star: stars as Parameter["star"], name: name.trim(), annotation, hasDefault };
  });
}

function readClass(node: SyntaxNode, decorators: string[], source: Source): ClassItem {
  const { text } = source;
  const name = childByField(node, "name");
  const bases = childByField(node, "superclasses");
  const body = childByField(node, "body");
  const statements = body === null ? [] : statementsOf(namedChildren(body), source);
  const items = readItems(statements, source);
  if (source.hasBodies && body !== null) items.push(...selfAttributes(body, items, text));
  return {
    kind: "class",
    name: name === null ? "" : text.slice(name.start, name.end),
    decorators,
    typeParameters: typeParametersOf(node, text),
    bases: bases === null ? [] : namedChildren(bases).map((one) => expressionText(one, text)),
    body: items,
  };
}

/** `self.x: T = …` and `self.x = Class(…)` in the methods of a class. */
function selfAttributes(body: SyntaxNode, items: readonly Item[], text: string): ValueItem[] {
  const known = new Set(items.map(({ name }) => name));
  const found = new Map<string, ValueItem>();
  for (const node of descendants(body)) {
    if (node.type !== "assignment") continue;
    const left = childByField(node, "left");
    const name = left === null ? null : /^self\.(\w+)$/.exec(text.slice(left.start, left.end))?.[1];
    if (name == null || known.has(name) || found.has(name)) continue;
    const type = childByField(node, "type");
    const right = childByField(node, "right");
    const made = right?.type === "call" ? constructed(right, text) : null;
    const annotation = type === null ? made : expressionText(type, text);
    if (annotation !== null) found.set(name, { kind: "value", name, annotation, value: null });
  }
  return [...found.values()];
}

function readAssignment(node: SyntaxNode, { text }: Source): Item[] {
  const left = childByField(node, "left");
  const right = childByField(node, "right");
  const type = childByField(node, "type");
  if (left?.type !== "identifier") return [];
  const name = text.slice(left.start, left.end);
  const annotation = type === null ? null : expressionText(type, text);
  if (right?.type === "assignment" || (right === null && annotation === null)) return [];
  const isAlias =
    /TypeAlias$/.test(annotation ?? "") || /^(subscript|binary_operator)$/.test(right?.type ?? "");
  const value = right === null ? null : expressionText(right, text, isAlias);
  return [{ kind: "value", name, annotation, value }];
}
