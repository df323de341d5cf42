import { capabilitiesOf } from "../project/capabilities.ts";
import type { FunctionFacts, Placement } from "../python/facts.ts";
import { nodeCovering, type SyntaxNode } from "../python/syntax-node.ts";
import type { Repair } from "./repair.ts";
import type { Draft, FileView, Rule } from "./rule.ts";
import { quote } from "./sites.ts";

/** `return value`, `yield from` and `raise StopAsyncIteration` in an async generator. */
export const invalidAsyncGenerator: Rule = {
  name: "invalid-async-generator",
  code: "YS119",
  severity: "error",
  isOnByDefault: true,
  summary: "An async generator contains something that only other functions may contain.",
  family: "syntax",
  *check(file) {
    const { scopes, functions, placements } = file.unit.facts;
    for (const placement of placements) {
      const scope = scopes[placement.owner];
      const facts = scope?.kind === "function" ? functions[scope.subject] : undefined;
      if (facts === undefined || !facts.isAsync) continue;
      const draft = checkPlacement(file, placement, facts);
      if (draft !== null) yield draft;
    }
  },
};

function checkPlacement(file: FileView, placement: Placement, facts: FunctionFacts): Draft | null {
  const span = { start: placement.start, end: placement.end };
  const [first] = facts.yields;
  const where = `\`${facts.name}\``;
  const chain =
    first === undefined
      ? []
      : [
          {
            path: file.path,
            line: file.unit.locate(first).line,
            text: `${where} is an async generator because of this \`yield\``,
          },
        ];
  switch (placement.form) {
    case "return-value":
      if (first === undefined || first.isFrom) return null;
      return {
        span,
        message: {
          problem: `${quote(file, span)} returns a value from the async generator ${where}.`,
          reason: "Python refuses the whole file: `SyntaxError: 'return' with value in async generator`.",
          remedy:
            "Yield the value, or use a bare `return`; a function that returns a value must not contain `yield`.",
        },
        chain,
        repair: null,
      };
    case "yield-from":
      return {
        span,
        message: {
          problem: `\`yield from\` stands in the \`async def\` function ${where}.`,
          reason: "Python refuses the whole file: `SyntaxError: 'yield from' inside async function`.",
          remedy: "Loop and yield: `for x in …: yield x`, or `async for` for an async iterable.",
        },
        chain: [],
        repair: yieldFromRepair(file, placement),
      };
    case "raise-stop":
      if (first === undefined || facts.name === "__anext__" || isCaughtInside(file, placement)) return null;
      return {
        span,
        message: {
          problem: `${quote(file, span)} stands in the async generator ${where}.`,
          reason: `Python turns it into \`RuntimeError: async generator raised ${placement.detail}\` for whoever iterates.`,
          remedy: "End the generator with `return`.",
        },
        chain,
        repair: returnRepair(file, placement),
      };
    default:
      return null;
  }
}

/** `yield from it` as a whole statement, over something whose way of iterating is known. */
function yieldFromRepair(file: FileView, placement: Placement): Repair | null {
  const node = nodeCovering(file.tree.root, placement);
  let statement: SyntaxNode | null = node;
  while (statement !== null && statement.type === "yield") statement = statement.parent;
  if (statement?.type !== "expression_statement" || placement.expression === null) return null;
  const { owner, scope, block, expression } = placement;
  const place = { file: file.path, scope, block, at: placement.start };
  const { iterable, asyncIterable } = capabilitiesOf(file.project, file.project.evaluate(expression, place));
  const isSync = iterable === "yes" && asyncIterable === "no";
  const isAsync = asyncIterable === "yes" && iterable === "no";
  const { text } = file.unit;
  const source = text.slice(statement.start, statement.end);
  if ((!isSync && !isAsync) || source.includes("\n") || source.includes("#")) return null;
  const lineStart = text.lastIndexOf("\n", statement.start - 1) + 1;
  const indentation = text.slice(lineStart, statement.start);
  if (indentation.trim() !== "") return null;
  const name = freshName(
    text.slice(file.unit.facts.functions[file.unit.facts.scopes[owner]?.subject ?? -1]?.start ?? 0),
  );
  const unit = indentation.includes("\t") ? "\t" : "    ";
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const iterated = source.replace(/^yield\s+from\s*/, "");
  const loop = `${isAsync ? "async " : ""}for ${name} in ${iterated}:${newline}${indentation}${unit}yield ${name}`;
  return {
    title: "Loop and yield each item",
    grade: "A",
    caution: null,
    steps: [{ kind: "replace", span: { start: statement.start, end: statement.end }, text: loop }],
  };
}

/** A loop name that the rest of the file does not use. */
function freshName(text: string): string {
  return (
    ["item", "value", "element", "each_item"].find((name) => !new RegExp(`\\b${name}\\b`).test(text)) ??
    "yielded_item"
  );
}

function returnRepair(file: FileView, { start, end, detail }: Placement): Repair | null {
  const source = file.unit.text.slice(start, end);
  if (!new RegExp(`^raise\\s+${detail}(\\(\\s*\\))?$`).test(source)) return null;
  return {
    title: "End the generator with `return`",
    grade: "A",
    caution: null,
    steps: [{ kind: "replace", span: { start, end }, text: "return" }],
  };
}

/** Raised for an `except` of the same function. */
function isCaughtInside(file: FileView, placement: Placement): boolean {
  let child: SyntaxNode | null = nodeCovering(file.tree.root, placement);
  for (let node = child?.parent ?? null; node !== null && child !== null; child = node, node = node.parent) {
    if (node.type === "function_definition") return false;
    if (node.type !== "try_statement" || child.field !== "body") continue;
    if (node.children.some((one) => one.type === "except_clause")) return true;
  }
  return false;
}
