import type { Expression } from "../python/expression.ts";
import type { FunctionFacts } from "../python/facts.ts";
import { nodeCovering } from "../python/syntax-node.ts";
import { importedName } from "./imported-name.ts";
import { isMentionedElsewhere } from "./is-mentioned-elsewhere.ts";
import type { Repair, Step } from "./repair.ts";
import type { FileView } from "./rule.ts";

/**
 * Exchanges `contextmanager` and `asynccontextmanager` on a generator, when every use of the function in its
 * file already enters it the way the new decorator needs.
 */
export function decoratorSwap(
  file: FileView,
  index: number,
  facts: FunctionFacts,
  callee: Expression,
  isAsyncDecorator: boolean,
): Repair | null {
  if (facts.yields.length === 0 || facts.isAsync === isAsyncDecorator) return null;
  if (!areUsesMatching(file, index, facts) || isMentionedElsewhere(file, facts.name)) return null;
  const wanted = facts.isAsync ? "asynccontextmanager" : "contextmanager";
  const steps = swapSteps(file, callee, wanted);
  return steps === null ? null : { title: `Use \`@${wanted}\``, grade: "A", caution: null, steps };
}

function swapSteps(file: FileView, callee: Expression, wanted: string): Step[] | null {
  if (callee.kind === "attribute") {
    const start = callee.end - callee.name.length;
    return [{ kind: "replace", span: { start, end: callee.end }, text: wanted }];
  }
  const span = { start: callee.start, end: callee.end };
  const known = importedName(file, "contextlib", wanted);
  if (known !== null) return [{ kind: "replace", span, text: known }];
  const insertion = importInsertion(file, wanted);
  return insertion === null ? null : [insertion, { kind: "replace", span, text: wanted }];
}

/** Adds the other name to `from contextlib import …`, in alphabetical order. */
function importInsertion(file: FileView, wanted: string): Step | null {
  const other = wanted === "contextmanager" ? "asynccontextmanager" : "contextmanager";
  const binding = file.unit.facts.scopes[0]?.bindings[other]?.[0];
  if (binding?.target.kind !== "from-import" || binding.target.module !== "contextlib") return null;
  let node = nodeCovering(file.tree.root, { start: binding.at, end: binding.at + 1 });
  while (node !== null && node.type !== "import_from_statement") node = node.parent;
  const { text } = file.unit;
  const name = node?.children.find(
    (child) => child.field === "name" && text.slice(child.start, child.end) === other,
  );
  if (name === undefined) return null;
  return wanted < other
    ? { kind: "replace", span: { start: name.start, end: name.start }, text: `${wanted}, ` }
    : { kind: "replace", span: { start: name.end, end: name.end }, text: `, ${wanted}` };
}

/** Every mention of the name besides its definition is an item of a `with` of the right form. */
function areUsesMatching(file: FileView, index: number, facts: FunctionFacts): boolean {
  const needsAsync = facts.isAsync;
  const entered = file.sites.filter(({ use, consumption }) => {
    if (consumption.way !== "enter" || consumption.isAsync !== needsAsync) return false;
    const { expression } = use;
    if (expression.kind !== "call") return false;
    const callee = expression.callee;
    const isNamed = (callee.kind === "name" || callee.kind === "attribute") && callee.name === facts.name;
    return isNamed && isSameFunction(file, callee, use.scope, use.block, index);
  });
  const mentions = file.unit.text.match(new RegExp(`\\b${facts.name}\\b`, "g"))?.length ?? 0;
  return mentions <= entered.length + 1;
}

function isSameFunction(
  file: FileView,
  callee: Expression,
  scope: number,
  block: number,
  index: number,
): boolean {
  const value = file.project.evaluate(callee, { file: file.path, scope, block, at: callee.start });
  return value.kind === "function" && value.reference.file === file.path && value.reference.index === index;
}
