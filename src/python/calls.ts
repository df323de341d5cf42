import { type Expression, toExpression } from "./expression.ts";
import { type Context, createFactsBuilder } from "./facts-builder.ts";
import type { Span } from "./location.ts";
import type { SyntaxNode, SyntaxTree } from "./syntax-node.ts";
import { DEFINITION_HANDLERS } from "./walk-definitions.ts";
import { EXPRESSION_HANDLERS } from "./walk-expressions.ts";
import { STATEMENT_HANDLERS } from "./walk-statements.ts";
import type { Handler } from "./walk-types.ts";

/** A call and where its names are looked up: scope and block are those of the file's `FileFacts`. */
export interface CallSite extends Span {
  readonly expression: Expression;
  readonly scope: number;
  readonly block: number;
}

const HANDLERS: ReadonlyMap<string, Handler> = new Map(
  Object.entries({ ...DEFINITION_HANDLERS, ...STATEMENT_HANDLERS, ...EXPRESSION_HANDLERS }),
);

/**
 * Every call of a file, in source order. `FileFacts` keeps only the uses that matter to a rule; this walks the
 * tree again in the same way, so that scopes and blocks come out with the same numbers, and keeps nothing else.
 */
export function listCalls(tree: SyntaxTree): CallSite[] {
  const builder = createFactsBuilder(tree);
  const context: Context = {
    scope: 0,
    owner: 0,
    block: 0,
    isInGeneratorExpression: false,
    comprehensionDepth: 0,
    statement: { start: tree.root.start, end: tree.root.end },
  };
  const calls = new Map<SyntaxNode, CallSite>();
  const stack: { node: SyntaxNode; context: Context }[] = [{ node: tree.root, context }];
  const children: { node: SyntaxNode; context: Context }[] = [];
  const push = (node: SyntaxNode | null, around: Context): void => {
    if (node !== null) children.push({ node, context: around });
  };
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, context: around } = next;
    if (node.type === "call" && node.isNamed && !calls.has(node)) {
      const { start, end } = node;
      const { scope, block } = around;
      calls.set(node, { start, end, expression: toExpression(node, tree.text), scope, block });
    }
    const handler = HANDLERS.get(node.type);
    if (handler !== undefined && node.isNamed) handler(builder, node, around, push);
    else for (const child of node.children) if (child.isNamed) push(child, around);
    for (let child = children.pop(); child !== undefined; child = children.pop()) stack.push(child);
  }
  return [...calls.values()].sort((a, b) => a.start - b.start || b.end - a.end);
}
