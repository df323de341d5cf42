import { decoratorEffect } from "../project/decorators.ts";
import type { FunctionFacts } from "../python/facts.ts";
import { nodeAt, type SyntaxNode } from "../python/syntax-node.ts";
import type { FileView } from "./rule.ts";

/** A generator function that a decorator makes a context manager. */
export interface ContextManagerFunction {
  readonly facts: FunctionFacts;
  readonly isAsync: boolean;
  /** Its `def` in the full tree. */
  readonly definition: SyntaxNode;
  readonly body: SyntaxNode;
}

/** The functions of a file under `contextmanager` or `asynccontextmanager`, and under nothing else that might change them. */
export function* contextManagerFunctions(file: FileView): Generator<ContextManagerFunction> {
  const { functions, brokenRegions } = file.unit.facts;
  for (const facts of functions) {
    if (facts.decorators.length === 0 || facts.yields.length === 0 || facts.isStub) continue;
    if (brokenRegions.some(({ start, end }) => start < facts.end && facts.start < end)) continue;
    const isAsync = decoratorKind(file, facts);
    if (isAsync === null || isAsync !== facts.isAsync) continue;
    const definition = nodeAt(file.tree.root, facts, "function_definition");
    const body = definition?.children.find(({ field }) => field === "body");
    if (definition != null && body !== undefined) yield { facts, isAsync, definition, body };
  }
}

/** Whether the decorators make an async context manager (true), a synchronous one (false), or something else (null). */
function decoratorKind({ project, path }: FileView, facts: FunctionFacts): boolean | null {
  let isAsync: boolean | null = null;
  for (const decorator of facts.decorators) {
    const place = { file: path, scope: facts.parentScope, block: 0, at: decorator.start };
    const effect = decoratorEffect(project, decorator, place);
    if (effect === "async-context-manager" || effect === "context-manager") {
      if (isAsync !== null || decorator.kind === "call") return null;
      isAsync = effect === "async-context-manager";
    } else if (effect !== "transparent") return null;
  }
  return isAsync;
}
