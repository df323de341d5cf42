import type { FunctionFacts, Placement } from "../python/facts.ts";
import { isMentionedElsewhere } from "./is-mentioned-elsewhere.ts";
import type { Repair } from "./repair.ts";
import type { FileView } from "./rule.ts";

/**
 * `def` → `async def`, offered only when every mention of the function in its file is a call that is already
 * awaited (or, for a generator, iterated with `async for`), so that no caller changes its meaning.
 */
export function makeAsyncRepair(file: FileView, placement: Placement): Repair | null {
  const { facts, text } = file.unit;
  const scope = facts.scopes[placement.owner];
  const definition = scope?.kind === "function" ? facts.functions[scope.subject] : undefined;
  if (scope === undefined || definition === undefined || definition.decorators.length > 0) return null;
  const isDunder = definition.name.startsWith("__");
  const isMethod = facts.scopes[definition.parentScope]?.kind === "class";
  if (isDunder || isMethod || definition.yields.some(({ isFrom }) => isFrom)) return null;
  const mentions = text.match(new RegExp(`\\b${definition.name}\\b`, "g"))?.length ?? 0;
  const ready = readyCallers(file, definition);
  if (ready === 0 || mentions !== ready + 1 || isMentionedElsewhere(file, definition.name)) return null;
  const isFirst = facts.placements.find((one) => !one.isLegal && one.owner === placement.owner) === placement;
  if (!isFirst) return null;
  return {
    title: `Make \`${definition.name}\` an \`async def\``,
    grade: "B",
    caution: "Callers outside this file must await it as well.",
    steps: [{ kind: "replace", span: { start: definition.start, end: definition.start }, text: "async " }],
  };
}

function readyCallers(file: FileView, definition: FunctionFacts): number {
  const wanted = definition.yields.length > 0 ? "iterate" : "await";
  let count = 0;
  for (const { use, consumption } of file.sites) {
    const isReady =
      consumption.way === wanted &&
      (consumption.way !== "iterate" || consumption.isAsync) &&
      (consumption.way === "iterate" ? use.canAwait : !isInside(file, use, definition));
    const { expression } = use;
    if (isReady && expression.kind === "call" && expression.callee.kind === "name") {
      if (expression.callee.name === definition.name) count += 1;
    }
  }
  return count;
}

function isInside(
  file: FileView,
  use: { readonly owner: number; readonly start: number },
  { start, end }: FunctionFacts,
): boolean {
  const owner = file.unit.facts.scopes[use.owner];
  const caller = owner?.kind === "function" ? file.unit.facts.functions[owner.subject] : undefined;
  return caller?.isAsync !== true || (start <= use.start && use.start < end);
}
