import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoChange, relapses } from "./changes.ts";
import { judgeResult } from "./judge-result.ts";
import { openReviewer, type PostedComment, type ReviewedChange, type Reviewer } from "./open-reviewer.ts";
import { press } from "./press.ts";
import { suggestionsOf } from "./suggestions-of.ts";
import { VARIANTS, vary } from "./variants.ts";

const changes = [...relapses(), demoChange()].map((change) => ({ ...change, base: new Map<string, string>() }));

let reviewer: Reviewer;

beforeAll(async () => {
  reviewer = await openReviewer();
});

afterAll(async () => {
  expect(reviewer.violations).toEqual([]);
  await reviewer.stop();
});

function problemsOf(
  reviewed: ReviewedChange,
  pressed: readonly PostedComment[],
  result: Map<string, string> = press(reviewed, pressed),
): string[] {
  return judgeResult(reviewed, pressed, result, reviewer.check(result, reviewed.rules));
}

describe.each(VARIANTS)("with $name", (variant) => {
  test("the suggestions of $name are as many, are applied, and are right", async () => {
    const problems: string[] = [];
    for (const change of changes) {
      const reviewed = await reviewer.review({ ...change, head: vary(change.head, variant) });
      const suggested = suggestionsOf(reviewed);
      if (suggested.length === 0) {
      problems.push(`none on ${change.name}`); continue; }
      problems.push(...problemsOf(reviewed, suggested).map((one) => `${change.name}: ${one}`));
    }
    expect(problems).toEqual([]);
  });
});
