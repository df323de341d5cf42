import type { Consumption } from "../python/facts.ts";
import type { Span } from "../python/location.ts";
import { descendants, nodeCovering, type SyntaxNode } from "../python/syntax-node.ts";
import type { Repair } from "./repair.ts";
import type { FileView, UseSite } from "./rule.ts";

type AwaitSite = UseSite<Extract<Consumption, { way: "await" }>>;

/**
 * The repair of `name = await agen()`, decided by what the function does with the name: only `async for` over
 * it → drop the `await`; used like a list → collect into one. Everything else has no mechanical repair.
 */
export function collectRepair(file: FileView, site: AwaitSite): Repair | null {
  const { outer } = site.consumption;
  const node = nodeCovering(file.tree.root, outer);
  const assignment = assignmentOf(node);
  if (assignment === null || !site.use.canAwait) return null;
  const target = assignment.children.find((child) => child.field === "left");
  if (target?.type !== "identifier") return null;
  const reads = readsOf(file, target, assignment);
  if (reads.length === 0) return null;
  if (reads.every((read) => isAsyncIterated(read))) {
    return {
      title: "Drop `await`",
      grade: "A",
      caution: null,
      steps: [{ kind: "drop-await", awaited: outer }],
    };
  }
  const isEndless = site.value.kind === "async-generator" && site.value.isEndless;
  if (isEndless || !reads.every((read) => isUsedAsList(file.unit.text, read))) return null;
  return {
    title: "Collect the values with `async for`",
    grade: "B",
    caution: "All values are collected in memory; a generator that never ends would never return.",
    steps: [
      { kind: "collect", whole: outer, iterable: { start: site.start, end: site.end }, brackets: "[]" },
    ],
  };
}

function assignmentOf(node: SyntaxNode | null): SyntaxNode | null {
  let awaited = node;
  while (awaited !== null && awaited.type !== "await") awaited = awaited.parent;
  let outer = awaited?.parent ?? null;
  while (outer?.type === "parenthesized_expression") outer = outer.parent;
  return outer?.type === "assignment" && outer.parent?.type === "expression_statement" ? outer : null;
}

/** Every other occurrence of the assigned name in the enclosing function. */
function readsOf(file: FileView, target: SyntaxNode, assignment: SyntaxNode): SyntaxNode[] {
  const name = textOf(file.unit.text, target);
  let scope: SyntaxNode = assignment;
  while (scope.parent !== null && scope.type !== "function_definition") scope = scope.parent;
  const reads: SyntaxNode[] = [];
  for (const node of descendants(scope)) {
    if (node.type !== "identifier" || node === target || textOf(file.unit.text, node) !== name) continue;
    const isName =
      node.field !== "attribute" && !(node.field === "name" && node.parent?.type === "keyword_argument");
    if (isName) reads.push(node);
  }
  return reads;
}

function isAsyncIterated(read: SyntaxNode): boolean {
  const { parent } = read;
  if (parent === null || read.field !== "right") return false;
  const isLoop = parent.type === "for_statement" || parent.type === "for_in_clause";
  return isLoop && parent.children.some((child) => child.type === "async");
}

const LIST_FUNCTIONS = /^(len|list|tuple|set|sorted|sum|min|max|any|all|enumerate|zip|reversed|bool)$/;

function isUsedAsList(text: string, read: SyntaxNode): boolean {
  const { parent } = read;
  if (parent === null) return false;
  switch (parent.type) {
    case "for_statement":
    case "for_in_clause":
      return read.field === "right" && !parent.children.some((child) => child.type === "async");
    case "subscript":
      return read.field === "value";
    case "return_statement":
    case "list_splat":
    case "comparison_operator":
    case "not_operator":
      return true;
    case "if_statement":
      return read.field === "condition";
    case "argument_list": {
      const callee = parent.parent?.children[0];
      return callee !== undefined && LIST_FUNCTIONS.test(textOf(text, callee));
    }
    case "attribute":
      return /^(sort|append|extend|index|count|pop|reverse|insert|remove|copy)$/.test(
        textOf(text, parent.children.at(-1)),
      );
    default:
      return false;
  }
}

function textOf(text: string, node: Span | undefined): string {
  return node === undefined ? "" : text.slice(node.start, node.end);
}
