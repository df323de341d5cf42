import { afterAll, beforeAll, expect, test } from "vitest";
import { demoChange, relapses } from "./changes.ts";
import { judgeResult } from "./judge-result.ts";
import { type Change, openReviewer, type ReviewedChange, type Reviewer } from "./open-reviewer.ts";
import { press, pressWithLineFeeds } from "./press.ts";
import { suggestionsOf } from "./suggestions-of.ts";
import { VARIANTS, vary } from "./variants.ts";

const changes = [...relapses(), demoChange()].map((change): Change => ({ ...change, base: new Map() }));

let reviewer: Reviewer;
/** How many suggestions there are on the files as they are, by the name of the change. */
const usual = new Map<string, number>();

beforeAll(async () => {
  reviewer = await openReviewer();
  for (const change of changes) usual.set(change.name, reviewer.count(change));
});

afterAll(async () => {
  await reviewer.stop();
});

/** Commits all suggestions at once, by each of these buttons. */
function problemsOf(reviewed: ReviewedChange, buttons: readonly (typeof press)[]): string[] {
  const suggested = suggestionsOf(reviewed);
  if (suggested.length === 0) return [];
  return buttons.flatMap((button) => {
    const result = button(reviewed, suggested);
    const problems = judgeResult(reviewed, suggested, result, reviewer.check(result, reviewed.rules));
    return problems.map((problem) => `${reviewed.name}: ${problem}`);
  });
}

/** Each change meets three of the six: all of them would take minutes. */
const cases = VARIANTS.map((variant, at) => ({
  ...variant,
  met: changes.filter((_, index) => (index + at) % 2 === 0),
}));

test.each(cases)("with $name there are as many suggestions, and all are right", async (variant) => {
  const problems: string[] = [];
  for (const change of variant.met) {
    const reviewed = await reviewer.review({ ...change, head: vary(change.head, variant) });
    const { length } = suggestionsOf(reviewed);
    if (length !== usual.get(change.name))
      problems.push(`${change.name}: ${length} instead of ${usual.get(change.name)}`);
    const hasCarriageReturns = [...reviewed.head.values()].some((text) => text.includes("\r"));
    problems.push(...problemsOf(reviewed, hasCarriageReturns ? [press, pressWithLineFeeds] : [press]));
  }
  expect(problems).toEqual([]);
  expect(reviewer.violations).toEqual([]);
});

test("a mistake in the last line of a file, which does not end, is repaired by its suggestion", async () => {
  const problems: string[] = [];
  let count = 0;
  for (const change of changes) {
    const cut = cutAtMistake(change);
    if (cut === null) continue;
    count += 1;
    const reviewed = await reviewer.review(cut);
    const lines = cut.head.get(cut.name)?.split("\n").length;
    const last = suggestionsOf(reviewed)
      .filter(({ comment }) => comment.path === cut.name)
      .at(-1);
    if (last?.comment.line !== lines) problems.push(`${change.name}: no suggestion on the last line`);
    problems.push(...problemsOf(reviewed, [press]));
  }
  expect(problems).toEqual([]);
  expect(count).toBeGreaterThan(20);
});

/** The change with one file cut behind its last mistake of one line that may end a file; named after that file. */
function cutAtMistake({ head, rules }: Change): Change | null {
  for (const { path, text, diagnostics } of reviewer.check(head, rules)) {
    const lines = (text ?? "").split("\n");
    for (const { location, fix, code, severity } of diagnostics.toReversed()) {
      if (fix === null || severity === "info" || location.line !== location.endLine) continue;
      const cut = new Map(head).set(path, lines.slice(0, location.line).join("\n"));
      const report = reviewer.check(cut, rules).find((one) => one.path === path);
      const last = report?.diagnostics.at(-1);
      const isKept = last?.code === code && last.location.line === location.line && last.fix !== null;
      const isOneLine = last?.fix?.edits.every(({ start }) => report?.text?.indexOf("\n", start) === -1);
      if (report?.note === null && isKept && isOneLine === true)
        return { name: path, base: new Map(), head: cut, rules };
    }
  }
  return null;
}
