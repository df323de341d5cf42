import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { diffTexts } from "../../src/diff/diff-texts.ts";
import type { FileReport } from "../../src/fixes/fix.ts";
import { planReview } from "../../src/review/plan-review.ts";
import { applySuggestion } from "../../src/review/suggestion.ts";
import { suggestionIn } from "../github/suggestions.ts";
import { checkTexts } from "../rules/check-text.ts";
import { reviewInput } from "./review-input.ts";

const FOLDER = fileURLToPath(new URL("../../fixtures/notebooks/", import.meta.url));
const read = (path: string): string => readFileSync(FOLDER + path, "utf8");
const analyser = await createAnalyser();

function check(json: string): FileReport {
  const files = new Map([
    ["shop/__init__.py", ""],
    ["shop/repo.py", read("shop/repo.py")],
    ["a.ipynb", json],
  ]);
  const report = checkTexts(analyser, files).at(-1);
  if (report === undefined) throw new Error("no report");
  return report;
}

function review(base: string, head: string) {
  const file = { path: "a.ipynb", head: check(head), base: check(base), hunks: diffTexts(base, head) };
  return planReview(reviewInput([file], { maxComments: 20 }));
}

test.each(["jupyter.ipynb", "ascii.ipynb", "version-3.ipynb"])(
  "each suggestion for %s, committed, leaves a notebook without that finding",
  (path) => {
    const head = read(path);
    const { review: planned } = review("{}", head);
    const before = check(head).diagnostics.length;
    const suggested = (planned?.comments ?? []).filter(({ body }) => suggestionIn(body) !== null);
    expect(suggested).toHaveLength(check(head).diagnostics.filter(({ fix }) => fix !== null).length);
    for (const { line, startLine, body } of suggested) {
      const replacement = (suggestionIn(body) ?? []).join("\n");
      const changed = applySuggestion(
        head,
        { firstLine: startLine ?? line, lastLine: line, replacement },
        false,
      );
      expect(() => JSON.parse(changed)).not.toThrow();
      expect(check(changed)).toMatchObject({ skipped: null });
      expect(check(changed).diagnostics).toHaveLength(before - 1);
    }
  },
);

test("a comment stands on the line of the file and names the cell", () => {
  const head = read("jupyter.ipynb");
  const base = head.replace('fetch(\\"Zoë 😀\\"', 'await fetch(\\"Zoë 😀\\"');
  expect(base).not.toBe(head);
  const { review: planned, check: checkRun } = review(base, head);
  const line = head.slice(0, head.indexOf('fetch(\\"Zoë 😀')).split("\n").length;
  expect(planned?.comments.map((comment) => comment.line)).toEqual([line]);
  const [comment] = planned?.comments ?? [];
  expect(comment?.body).toContain("is a coroutine that nobody awaits \\(cell 4, line 2\\).");
  expect(suggestionIn(comment?.body ?? "")).toEqual([
    `    "await fetch(\\"Zoë 😀\\", '\\\\t\\\\\\\\')  # YS106: A\\n",`,
  ]);
  expect(checkRun.annotations.map(({ startLine, startColumn }) => [startLine, startColumn])).toEqual([
    [line, 6],
  ]);
});

test("new outputs alone change nothing", () => {
  const head = read("jupyter.ipynb");
  const base = head.replace(
    '"outputs": []',
    '"outputs": [\n    {\n     "output_type": "stream"\n    }\n   ]',
  );
  expect(base).not.toBe(head);
  expect(review(base, head).check.title).toBe("No async mistakes");
});

test("a mistake in a notebook on one line is told without a suggestion", () => {
  const { review: planned } = review("{}", read("compact.ipynb"));
  expect(planned?.comments).toHaveLength(1);
  expect(suggestionIn(planned?.comments[0]?.body ?? "")).toBeNull();
});
