import type { CallSite } from "../python/facts.ts";
import type { SyntaxNode } from "../python/syntax-node.ts";
import { callAt } from "./call-at.ts";
import { routeHandlers } from "./route-handlers.ts";
import type { FileView } from "./rule.ts";
import { type Sink, sinkOf } from "./value-sinks.ts";
import { type ValueUse, valueUseOf } from "./value-use.ts";

/** A place that certainly needs the result of an expression and not the coroutine. */
export interface Need {
  readonly use: ValueUse;
  /** The function it is an argument of. */
  readonly sink: Sink | null;
}

/** What needs the result of an expression; null where a coroutine may be wanted. */
export function neededBy(file: FileView, node: SyntaxNode): Need | null {
  const use = valueUseOf(node, file.unit.text);
  if (use === null) return null;
  if (use.form === "returned") return isInRouteHandler(file, use.user) ? { use, sink: null } : null;
  if (use.form !== "argument") return { use, sink: null };
  const call = callAt(file, use.user);
  const sink = call === undefined ? null : sinkOf(file, call);
  return call !== undefined && sink !== null && reaches(use, call, sink) ? { use, sink } : null;
}

const ITERATING = /^(sum|min|max|any|all)$/;

/** Whether what is passed in this way gets to where the function needs a result. */
function reaches({ detail }: ValueUse, { expression }: CallSite, { name, takesContainers }: Sink): boolean {
  const hasKey = expression.arguments.some((one) => one.name === "key");
  switch (detail) {
    case "lambda":
      return name === "filter";
    case "generator":
      return ITERATING.test(name) && !hasKey;
    case "display":
      return takesContainers && !hasKey;
    default:
      return !["any", "all", "filter"].includes(name) && !hasKey;
  }
}

function isInRouteHandler(file: FileView, statement: SyntaxNode): boolean {
  for (const { start, end } of routeHandlers(file)) {
    let node: SyntaxNode | null = statement;
    while (node !== null && node.type !== "function_definition" && node.type !== "lambda") node = node.parent;
    if (node !== null && node.start === start && node.end === end) return true;
  }
  return false;
}
