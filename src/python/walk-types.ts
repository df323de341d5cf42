import type { Context, FactsBuilder } from "./facts-builder.ts";
import type { SyntaxNode } from "./syntax-node.ts";

/** Schedules a node to be visited in a context; null is ignored. */
export type Push = (node: SyntaxNode | null, context: Context) => void;

/** Reads one type of node and pushes what is to be visited below it. */
export type Handler = (builder: FactsBuilder, node: SyntaxNode, context: Context, push: Push) => void;
