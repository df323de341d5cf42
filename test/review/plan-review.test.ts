import { describe, expect, test } from "vitest";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { diffTexts } from "../../src/diff/diff-texts.ts";
import { findMarkers, formatMarker, toMarker } from "../../src/review/marker.ts";
import { planPush, planReview, type ReviewInput } from "../../src/review/plan-review.ts";
import { withoutComments } from "../../src/review/without-comments.ts";
import { checkText, checkTexts } from "../rules/check-text.ts";
import { LINKS, reviewInput } from "./review-input.ts";

const analyser = await createAnalyser();

const BASE = "async def save(x):\n    return x\n\n\nasync def main():\n    return 1\n";
const HEAD = "async def save(x):\n    return x\n\n\nasync def main():\n    save(1)\n    return 1\n";

function input(base: string | null, head: string, more: Partial<ReviewInput> = {}): ReviewInput {
  const baseReport = base === null ? null : checkText(analyser, base);
  const hunks = diffTexts(base ?? "", head);
  const files = [{ path: "module.py", head: checkText(analyser, head), base: baseReport, hunks }];
  return reviewInput(files, { headSha: "h", ...more });
}

test("a new mistake becomes one comment with its suggestion, and the check run", () => {
  const [one] = checkText(analyser, HEAD).diagnostics;
  if (one === undefined) throw new Error("nothing found");
  const marker = formatMarker(toMarker("module.py", one));
  expect(planReview(input(BASE, HEAD))).toEqual({
    headSha: "h",
    threads: [],
    isFolding: false,
    summary: null,
    review: {
      body: "Yieldsign found an async mistake in this change.",
      comments: [
        {
          path: "module.py",
          line: 6,
          startLine: null,
          body: [
            "**`save(1)` is a coroutine that nobody awaits.**",
            "",
            "Its body never runs: Python only warns `coroutine … was never awaited`, if anything. Put `await` in front of the call. ([YS106 missing-await](https://rules/missing-await))",
            "",
            "```suggestion",
            "    await save(1)",
            "```",
            "",
            "<details><summary>How Yieldsign knows</summary>",
            "",
            "- [`module.py:1`](https://code/module.py#L1): `save` is a coroutine function: `async def` without `yield`",
            "",
            "</details>",
            "",
            marker,
          ].join("\n"),
        },
      ],
    },
    check: {
      conclusion: "neutral",
      title: "1 async mistake",
      summary: [
        "| Rule | Place | What is wrong |",
        "| --- | --- | --- |",
        "| [YS106 missing-await](https://rules/missing-await) | [`module.py:6`](https://code/module.py#L6) | `save(1)` is a coroutine that nobody awaits. |",
      ].join("\n"),
      text: null,
      annotations: [
        {
          path: "module.py",
          startLine: 6,
          endLine: 6,
          startColumn: 5,
          endColumn: 12,
          level: "failure",
          title: "YS106 missing-await",
          message:
            "`save(1)` is a coroutine that nobody awaits.\nIts body never runs: Python only warns `coroutine … was never awaited`, if anything.\nPut `await` in front of the call.",
          rawDetails: "Repair: Insert `await`",
        },
      ],
      actions: [],
    },
  });
});

test("a clean change is silent: no review, a green check with one line", () => {
  expect(planReview(input(BASE, BASE.replace("1", "2")))).toEqual({
    headSha: "h",
    threads: [],
    isFolding: false,
    review: null,
    summary: null,
    check: {
      conclusion: "success",
      title: "No async mistakes",
      summary: "No async mistakes in 1 changed Python file.",
      text: null,
      annotations: [],
      actions: [],
    },
  });
});

describe("what counts as introduced", () => {
  test("an old mistake on a line that was only moved or touched is not", () => {
    const moved = `import os\n\nprint(os.name)\n${HEAD}`;
    expect(planReview(input(HEAD, moved)).check.title).toBe("No async mistakes");
    const touched = HEAD.replace("save(1)", "save(1)  # later");
    expect(planReview(input(HEAD, touched)).check.title).toBe("No async mistakes");
  });

  test("of equal mistakes, the one on the added line is", () => {
    const doubled = HEAD.replace("    save(1)\n", "    save(1)\n    print()\n    save(1)\n");
    const { review, check } = planReview(input(HEAD, doubled));
    expect(check.title).toBe("1 async mistake");
    expect(review?.comments.map(({ line }) => line)).toEqual([8]);
  });

  test("a mistake that the change causes on an old line is", () => {
    const base = HEAD.replace("async def save", "def save");
    expect(planReview(input(base, HEAD)).check.annotations.map(({ startLine }) => startLine)).toEqual([6]);
  });
});

test("findings outside the diff are in the check run and in the one comment of the timeline", () => {
  const filler = Array.from({ length: 20 }, (_, index) => `x${index} = ${index}\n`).join("");
  const base = `def save(x):\n    return x\n\n\n${filler}\n\nasync def main():\n    save(1)\n    return 1\n`;
  const head = base.replace("def save", "async def save");
  const plan = planReview(input(base, head));
  expect(plan.review).toBeNull();
  expect(plan.check.annotations.map(({ startLine }) => startLine)).toEqual([28]);
  expect(plan.summary).toEqual({
    kind: "create",
    body: [
      "<!-- yieldsign:summary -->",
      "**This change also breaks lines that are not in its diff:**",
      "",
      "- [`module.py:28`](https://code/module.py#L28): `save(1)` is a coroutine that nobody awaits. [YS106 missing-await](https://rules/missing-await)",
    ].join("\n"),
  });
  const known = { commentId: "C", body: plan.summary?.body ?? "" };
  expect(planReview(input(base, head, { summary: known })).summary).toBeNull();
  expect(planReview(input(base, base, { summary: known })).summary).toEqual({
    kind: "update",
    commentId: "C",
    body: "<!-- yieldsign:summary -->\nNothing is left to say here as of h.",
  });
});

describe("a repair that is right only if this change wrote the line", () => {
  const caller = "async def save():\n    return 1\n\n\nasync def main():\n    await save()\n";

  test("is not offered where a changed definition causes the mistake", () => {
    const head = caller.replace("async def save", "def save");
    const [annotation] = planReview(input(caller, head)).check.annotations;
    expect([annotation?.title, annotation?.rawDetails]).toEqual(["YS116 await-non-awaitable", null]);
    expect(planReview(input(null, head)).check.annotations[0]?.rawDetails).toBe("Repair: Remove `await`");
  });

  test("makes only new functions asynchronous", () => {
    const old =
      "async def save(x):\n    return x\n\n\ndef load():\n    return 1\n\n\nasync def main():\n    await load()\n";
    const head = old.replace("    return 1", "    return await save(1)");
    expect(planReview(input(old, head)).review?.comments[0]?.body).not.toContain("```suggestion");
    expect(planReview(input(null, head)).review?.comments[0]?.body).toContain(
      "```suggestion\nasync def load():",
    );
  });
});

test("two findings on one line are one comment with one suggestion", () => {
  const head = `${BASE}\n\nasync def rows():\n    yield 1\n\n\nasync def both():\n    save(1), [row for row in rows()]\n`;
  const comments = planReview(input(BASE, head)).review?.comments ?? [];
  expect(comments.map(({ line, body }) => [line, findMarkers(body).length])).toEqual([[14, 2]]);
  expect(comments[0]?.body).toContain("```suggestion\n    await save(1), [row async for row in rows()]\n```");
});

test("more comments than allowed are counted and left to the check run", () => {
  const head = `${BASE}\n\nasync def many():\n${"    save(1)\n    print()\n".repeat(5)}`;
  const { review, check } = planReview(input(BASE, head, { maxComments: 2 }));
  expect(review?.comments).toHaveLength(2);
  expect(review?.body).toContain("3 more places are listed in the check run.");
  expect(check.annotations).toHaveLength(5);
});

test("skipped files are named with their reason, inertly", () => {
  const plan = planPush({
    headSha: "h",
    files: [],
    skipped: [{ path: "a`b.py", reason: "@everyone <b> #1" }],
    notes: [],
    failOn: "never",
    links: LINKS,
  });
  expect(plan.check.summary).toContain("- ``a`b.py``: &#64;everyone &lt;b&gt; &#35;1");
  expect(plan.review).toBeNull();
});

test("refused comments leave the review and are named in the check run", () => {
  const plan = planReview(input(BASE, HEAD));
  const changed = withoutComments(plan, new Set(plan.review?.comments));
  expect(changed.review).toBeNull();
  expect(changed.check.summary).toContain(
    "GitHub refused a comment on these lines; the findings are in the annotations:\n\n- `module.py:6`",
  );
});

test("markers are read only where they are whole lines of our form", () => {
  const marker = "<!-- yieldsign:v1 YS106 0123456789abcdef 01234567 -->";
  const read = { code: "YS106", fingerprint: "0123456789abcdef", pathHash: "01234567" };
  expect(findMarkers(`text\r\n\r\n${marker}\r\n`)).toEqual([read]);
  expect(findMarkers(`> ${marker}\n\`${marker}\`\n${marker.replace("v1", "v2")}`)).toEqual([]);
});

test("the explanation of a comment has at most four hops: the import at the use and those next to the definition", () => {
  const names = ["a", "b", "c", "d", "e"];
  const files = new Map([
    ["a.py", "async def save():\n    pass\n"],
    ...names
      .slice(1)
      .map((name, index): [string, string] => [`${name}.py`, `from ${names[index]} import save\n`]),
    ["module.py", "from e import save\n\n\nasync def main():\n    save()\n"],
  ]);
  const head = checkTexts(analyser, files).find(({ path }) => path === "module.py");
  if (head === undefined) throw new Error("no report");
  const hunks = diffTexts("", head.text ?? "");
  const plan = planReview(input(null, "", { files: [{ path: "module.py", head, base: null, hunks }] }));
  const [comment] = plan.review?.comments ?? [];
  expect([...(comment?.body ?? "").matchAll(/^- \[`([^`]*)`\]/gm)].map((match) => match[1])).toEqual([
    "module.py:1",
    "c.py:1",
    "b.py:1",
    "a.py:1",
  ]);
});
