import { RULES } from "../rules/index.ts";
import { RANK } from "../rules/run-rules.ts";
import type { Diagnostic, Edit } from "./fix.ts";

/**
 * Findings whose repairs can be applied together: at most `most`, none of which reaches into the text from the
 * first to the last edit of another, or up to it, or takes the same name for a new loop. Where two collide, the finding of the family that goes first
 * wins, then the one that stands first.
 */
export function chooseRepairs(findings: readonly Diagnostic[], most: number): Diagnostic[] {
  const ranked = [...findings].sort(
    (a, b) => rankOf(a) - rankOf(b) || a.span.start - b.span.start || a.span.end - b.span.end,
  );
  const chosen: Diagnostic[] = [];
  const loopNames = new Set<string>();
  for (const one of ranked) {
    if (chosen.length >= most) break;
    const names = loopNamesOf(one);
    if (one.fix === null || names.some((name) => loopNames.has(name))) continue;
    if (chosen.some((other) => collide(editsOf(one), editsOf(other)))) continue;
    chosen.push(one);
    for (const name of names) loopNames.add(name);
  }
  return chosen;
}

/** The edits of the repairs that were chosen together, in the order of the text. */
export function editsTogether(chosen: readonly Diagnostic[]): Edit[] {
  return chosen.flatMap(editsOf).sort((a, b) => a.start - b.start || a.end - b.end);
}

const RANK_BY_CODE = new Map(RULES.map(({ code, family }) => [code, RANK[family]]));

function rankOf({ code }: Diagnostic): number {
  return RANK_BY_CODE.get(code) ?? Number.POSITIVE_INFINITY;
}

function editsOf({ fix }: Diagnostic): readonly Edit[] {
  return fix?.edits ?? [];
}

/** A new comprehension takes a name that its function does not use; together, two would take the same one. */
function loopNamesOf(one: Diagnostic): string[] {
  return editsOf(one).flatMap(({ text }) => / for (\w+) in $/.exec(text)?.[1] ?? []);
}

function collide(a: readonly Edit[], b: readonly Edit[]): boolean {
  const [firstOfA, lastOfA, firstOfB, lastOfB] = [a[0], a.at(-1), b[0], b.at(-1)];
  if (firstOfA === undefined || lastOfA === undefined) return true;
  if (firstOfB === undefined || lastOfB === undefined) return true;
  return firstOfA.start <= lastOfB.end && firstOfB.start <= lastOfA.end;
}
