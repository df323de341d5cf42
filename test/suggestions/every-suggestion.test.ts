import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoChange, fixtureChanges, notebookChange } from "./changes.ts";
import { compile } from "./compile.ts";
import { judgeResult } from "./judge-result.ts";
import { openReviewer, type PostedComment, type ReviewedChange, type Reviewer } from "./open-reviewer.ts";
import { press } from "./press.ts";
import { suggestionsOf } from "./suggestions-of.ts";

const COUNTS = fileURLToPath(new URL("every-suggestion.json", import.meta.url));
const hasPython = spawnSync("python3", ["--version"]).status === 0;

interface Count {
  suggestions: number;
  /** The page's button took it. */
  applied: number;
  /** Afterwards everything parses, its findings are gone, and nothing else is different. */
  fixed: number;
}

let reviewer: Reviewer;
const total: Count = { suggestions: 0, applied: 0, fixed: 0 };
const byRule = new Map<string, Count>();
/** Texts before and after, for CPython. */
const texts: [string, string][] = [];

beforeAll(async () => {
  reviewer = await openReviewer();
});

afterAll(async () => {
  await reviewer.stop();
});

/** Commits these suggestions on a branch of their own; answers what is wrong with the result. */
function tryOut(
  reviewed: ReviewedChange,
  pressed: readonly PostedComment[],
  counts: readonly Count[],
): string[] {
  for (const count of counts) count.suggestions += 1;
  let result: Map<string, string>;
  try {
    result = press(reviewed, pressed);
  } catch (error) {
    return [`refused: ${String(error)}`];
  }
  for (const count of counts) count.applied += 1;
  const problems = judgeResult(reviewed, pressed, result, reviewer.check(result, reviewed.rules));
  if (problems.length === 0) for (const count of counts) count.fixed += 1;
  for (const [path, text] of reviewed.head)
    if (path.endsWith(".py") && result.get(path) !== text) texts.push([text, result.get(path) ?? ""]);
  return problems.map(
    (problem) => `line ${pressed[0]?.comment.line} of ${pressed[0]?.comment.path}: ${problem}`,
  );
}

function countsOf({ diagnostics }: PostedComment): Count[] {
  const codes = new Set(diagnostics.filter(({ fix }) => fix !== null).map(({ code }) => code));
  return [...codes].map((code) => {
    const count = byRule.get(code) ?? { suggestions: 0, applied: 0, fixed: 0 };
    byRule.set(code, count);
    return count;
  });
}

const changes = [...fixtureChanges(), notebookChange(), demoChange()];

test.each(changes)("every suggestion on $name is applied and right", async (change) => {
  const reviewed = await reviewer.review(change);
  const suggested = suggestionsOf(reviewed);
  const problems: string[] = [];
  for (const one of suggested) problems.push(...tryOut(reviewed, [one], [total, ...countsOf(one)]));
  const paths = new Set(suggested.map(({ comment }) => comment.path));
  // The files of a change one by one; those of a change with one file are committed below.
  if (paths.size > 1)
    for (const path of paths)
      problems.push(
        ...tryOut(
          reviewed,
          suggested.filter(({ comment }) => comment.path === path),
          [],
        ),
      );
  if (suggested.length > 0) {
    const result = await reviewer.commit(reviewed, suggested);
    problems.push(...judgeResult(reviewed, suggested, result, reviewer.check(result, reviewed.rules)));
  }
  expect(problems).toEqual([]);
  // A repair whose lines are all new is never left without a button.
  const repaired = reviewed.comments.filter(({ diagnostics }) => diagnostics.some(({ fix }) => fix !== null));
  if (change.base.size === 0) expect(suggested).toEqual(repaired);
});

test.runIf(hasPython)("what CPython could read before, it can read afterwards", () => {
  const before = compile(texts.map(([text]) => text));
  const after = compile(texts.map(([, text]) => text));
  const broken = texts.filter((_, index) => before?.[index] === true && after?.[index] !== true);
  expect(broken.map(([, text]) => text)).toEqual([]);
  expect(before?.filter(Boolean).length).toBeGreaterThan(texts.length / 2);
});

test("all were applied and right, and as many as are told in docs/github-behaviour.md", async () => {
  expect(total.applied).toBe(total.suggestions);
  expect(total.fixed).toBe(total.suggestions);
  expect(reviewer.violations).toEqual([]);
  const rules = Object.fromEntries([...byRule].sort(([a], [b]) => a.localeCompare(b)));
  await expect(`${JSON.stringify({ total, rules }, null, 2)}\n`).toMatchFileSnapshot(COUNTS);
});
