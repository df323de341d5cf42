import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { relapses } from "./changes.ts";
import { judgeResult } from "./judge-result.ts";
import { openReviewer, type ReviewedChange, type Reviewer } from "./open-reviewer.ts";
import { press } from "./press.ts";
import { suggestionsOf } from "./suggestions-of.ts";

const changes = relapses();

let reviewer: Reviewer;

beforeAll(async () => {
  reviewer = await openReviewer();
});

afterAll(async () => {
  await reviewer.stop();
});

/** Commits the first suggestion alone, and all at once. */
function problemsOf(reviewed: ReviewedChange): string[] {
  const suggested = suggestionsOf(reviewed);
  return [suggested.slice(0, 1), suggested].flatMap((pressed) => {
    if (pressed.length === 0) return [];
    const result = press(reviewed, pressed);
    const problems = judgeResult(reviewed, pressed, result, reviewer.check(result, reviewed.rules));
    return problems.map((problem) => `${reviewed.name}: ${problem}`);
  });
}

test("where only the wrong lines changed, the suggestions on the small hunks are right", async () => {
  const problems: string[] = [];
  let [suggestions, repaired] = [0, 0];
  for (const change of changes) {
    const reviewed = await reviewer.review(change);
    suggestions += suggestionsOf(reviewed).length;
    repaired += reviewed.comments.filter(({ diagnostics }) =>
      diagnostics.some(({ fix }) => fix !== null),
    ).length;
    problems.push(...problemsOf(reviewed));
  }
  expect(problems).toEqual([]);
  // The few others are repairs whose lines are not all in one hunk.
  expect(suggestions / repaired).toBeGreaterThan(0.98);
});

test("whatever else changed around the wrong lines, the suggestions are right", async () => {
  let suggestions = 0;
  const edit = fc.record({
    line: fc.nat(),
    kind: fc.constantFrom("removed", "added", "changed"),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...changes),
      fc.array(edit, { minLength: 1, maxLength: 12 }),
      async (change, edits) => {
        const base = new Map([...change.base].map(([path, text]) => [path, before(text, edits)]));
        const reviewed = await reviewer.review({ ...change, base });
        suggestions += suggestionsOf(reviewed).length;
        expect(problemsOf(reviewed)).toEqual([]);
      },
    ),
    { seed: 5, numRuns: 40 },
  );
  expect(suggestions).toBeGreaterThan(200);
  expect(reviewer.violations).toEqual([]);
});

/** A file as it may have been before: lines that were removed since, lines that are new, lines that were different. */
function before(text: string, edits: readonly { readonly line: number; readonly kind: string }[]): string {
  const lines = text.split("\n");
  for (const { line, kind } of edits) {
    const at = line % lines.length;
    if (kind === "removed") lines.splice(at, 0, "# was here");
    else if (kind === "added") lines.splice(at, 1);
    else lines[at] = "# was different";
  }
  return lines.join("\n");
}
