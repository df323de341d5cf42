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

/** From the whole repository where that is at hand, else from the files that were read. */
function namesOfAsyncProperties({ project, unit }: FileView): ReadonlySet<string> {
  const names = new Set(project.source.asyncProperties?.());
  addNames(unit.facts, names);
  if (project.source.asyncProperties?.() != null) return names;
  for (const [path, one] of project.units) if (one !== null && !isLibrary(path)) addNames(one.facts, names);
  return names;
}

function addNames({ functions }: FileFacts, names: Set<string>): void {
  for (const { isAsync, decorators, name } of functions) {
    const isProperty = decorators.some(
      (one) => (one.kind === "name" || one.kind === "attribute") && /property$/.test(one.name),
    );
    if (isAsync && isProperty) names.add(name);
  }
}
