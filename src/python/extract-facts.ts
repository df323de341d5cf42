import { brokenRegions } from "./broken-regions.ts";
import type { FileFacts } from "./facts.ts";
import { type Context, createFactsBuilder, finishFacts } from "./facts-builder.ts";
import type { SyntaxNode, SyntaxTree } from "./syntax-node.ts";
import { DEFINITION_HANDLERS } from "./walk-definitions.ts";
import { EXPRESSION_HANDLERS } from "./walk-expressions.ts";
import { STATEMENT_HANDLERS } from "./walk-statements.ts";
import type { Handler } from "./walk-types.ts";

const HANDLERS: ReadonlyMap<string, Handler> = new Map(
  Object.entries({ ...DEFINITION_HANDLERS, ...STATEMENT_HANDLERS, ...EXPRESSION_HANDLERS }),
);

/**
 * Reads everything the analysis needs from a parsed file in one walk with a stack of its own (hostile
 * nesting must not overflow ours). A handler says which children are visited in which context; node types
 * without a handler pass their context on.
 * In a notebook the module itself may await.
 */
export function extractFacts(tree: SyntaxTree, isNotebook = false): FileFacts {
  const builder = createFactsBuilder(tree, isNotebook);
  const moduleContext: Context = {
    scope: 0,
    owner: 0,
    block: 0,
    isInGeneratorExpression: false,
    comprehensionDepth: 0,
    statement: { start: tree.root.start, end: tree.root.end },
  };
  const stack: { node: SyntaxNode; context: Context }[] = [{ node: tree.root, context: moduleContext }];
  const children: { node: SyntaxNode; context: Context }[] = [];
  const push = (node: SyntaxNode | null, context: Context): void => {
    if (node !== null) children.push({ node, context });
  };
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, context } = next;
    const handler = HANDLERS.get(node.type);
    if (handler !== undefined && node.isNamed) handler(builder, node, context, push);
    else for (const child of node.children) if (child.isNamed) push(child, context);
    // What was pushed first is visited first: later star imports and bindings have to come later.
    for (let child = children.pop(); child !== undefined; child = children.pop()) stack.push(child);
  }
  return finishFacts(builder, brokenRegions(tree), tree.errors[0] ?? null);
}
