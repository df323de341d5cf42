import { isLibrary } from "../project/project.ts";
import { type Expression, toExpression } from "../python/expression.ts";
import type { FileFacts } from "../python/facts.ts";
import type { Span } from "../python/location.ts";
import { scopeOwner } from "../python/own-scope.ts";
import { hasToken, nodeCovering, type SyntaxNode } from "../python/syntax-node.ts";
import type { Coroutine } from "./coroutine-variables.ts";
import { type Need, neededBy } from "./needed-by.ts";
import { positionAt } from "./position-at.ts";
import type { FileView } from "./rule.ts";

interface Access extends Span {
  readonly expression: Expression;
  readonly owner: number;
  readonly canAwait: boolean;
  readonly isInGeneratorExpression: boolean;
}

/** An async property that is read where its result is needed. */
interface AsyncPropertyUse {
  readonly access: Access;
  readonly value: Coroutine;
  readonly need: Need;
}

/** Reads of `async def` properties (each read is a call) whose result is needed at once. */
export function* asyncPropertyUses(file: FileView): Generator<AsyncPropertyUse> {
  const { text } = file.unit;
  for (const name of namesOfAsyncProperties(file)) {
    const read = `.${name}`;
    for (let at = text.indexOf(read); at !== -1; at = text.indexOf(read, at + 1)) {
      const end = at + read.length;
      if (/\w/.test(text.charAt(end))) continue;
      const node = nodeCovering(file.tree.root, { start: end - name.length, end })?.parent;
      if (node?.type !== "attribute" || node.end !== end) continue;
      const need = neededBy(file, node);
      const found = need === null ? null : coroutineAt(file, node);
      if (need !== null && found !== null) yield { ...found, need };
    }
  }
}

function coroutineAt(file: FileView, node: SyntaxNode): Omit<AsyncPropertyUse, "need"> | null {
  const expression = toExpression(node, file.unit.text);
  const position = positionAt(file, node);
  const value = file.certainValue(expression, position);
  if (value.kind !== "coroutine") return null;
  const { scopes } = file.unit.facts;
  let owner = position.scope;
  while (scopes[owner]?.kind === "comprehension") owner = scopes[owner]?.parent ?? 0;
  const around = scopeOwner(node);
  const isAsync = around?.type === "function_definition" && hasToken(around, "async");
  const { isInGeneratorExpression, comprehensions } = surroundings(node, around);
  const canAwait = isAsync && !isInGeneratorExpression && comprehensions < 2;
  const { start, end } = node;
  return { access: { start, end, expression, owner, canAwait, isInGeneratorExpression }, value };
}

function surroundings(node: SyntaxNode, owner: SyntaxNode | null) {
  let isInGeneratorExpression = false;
  let comprehensions = 0;
  for (let outer = node.parent; outer !== null && outer !== owner; outer = outer.parent) {
    if (outer.type === "generator_expression") isInGeneratorExpression = true;
    if (outer.type.endsWith("_comprehension")) comprehensions += 1;
  }
  return { isInGeneratorExpression, comprehensions };
}

/** Those of all files that were read; an object's class is in one of them. */
function namesOfAsyncProperties({ project, unit }: FileView): ReadonlySet<string> {
  const names = new Set(asyncProperties(unit.facts));
  for (const [path, one] of project.units)
    if (one !== null && !isLibrary(path)) for (const name of asyncProperties(one.facts)) names.add(name);
  return names;
}

const known = new WeakMap<FileFacts, readonly string[]>();

function asyncProperties(facts: FileFacts): readonly string[] {
  const answer = known.get(facts);
  if (answer !== undefined) return answer;
  const names = facts.functions
    .filter(({ isAsync, decorators }) => isAsync && decorators.some(isProperty))
    .map(({ name }) => name);
  known.set(facts, names);
  return names;
}

function isProperty(decorator: Expression): boolean {
  return (decorator.kind === "name" || decorator.kind === "attribute") && /property$/.test(decorator.name);
}
