import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { findMarkers } from "../../src/review/marker.ts";
import { findingsOf, planReview, type ReviewInput } from "../../src/review/plan-review.ts";
import type { ReviewPlan } from "../../src/review/review-plan.ts";
import { reviewedFiles, reviewInput } from "./review-input.ts";
import { ThreadDesk } from "./thread-desk.ts";

const analyser = await createAnalyser();
const DEFINITION = "async def save(x):\n    return x\n\n\n";
const BASE = `${DEFINITION}async def main():\n    return 1\n`;
const HEAD = `${DEFINITION}async def main():\n    save(1)\n    return 1\n`;

/** A pull request of one file, reviewed push after push. */
function pullRequest(canResolve = true) {
  const desk = new ThreadDesk({}, canResolve);
  let round = 0;
  return {
    desk,
    push(head: string, more: Partial<ReviewInput> = {}, path = "app.py"): ReviewPlan {
      round += 1;
      desk.push({ [path]: head });
      const base = path === "app.py" ? BASE : null;
      const files = reviewedFiles(analyser, { [path]: { base, head } });
      const headSha = `${round}`.padEnd(40, "a");
      const plan = planReview(reviewInput(files, { headSha, threads: desk.read(), ...more }));
      desk.carryOut(plan);
      return plan;
    },
  };
}

const nothing = { threads: [], review: null, summary: null };

describe("a finding that was told", () => {
  test("is not told again: the same head, shifted lines, other changes", () => {
    const { push } = pullRequest();
    expect(push(HEAD).review?.comments).toHaveLength(1);
    expect(push(HEAD)).toMatchObject(nothing);
    expect(push(`import os\n\nprint(os.name)\n${HEAD}`)).toMatchObject(nothing);
    expect(push(`${HEAD}\n\ndef other():\n    return 2\n`)).toMatchObject(nothing);
  });

  test("and is fixed gets one reply and is resolved", () => {
    const { push, desk } = pullRequest();
    push(HEAD);
    const fixed = push(HEAD.replace("save(1)", "await save(1)"));
    expect(fixed.threads).toEqual([
      {
        kind: "reply",
        threadId: "1",
        body: expect.stringMatching(/^Fixed in 2aaaaaa\.\n\n<!-- yieldsign:fixed 2a+ -->$/),
      },
      { kind: "resolve", threadId: "1" },
    ]);
    expect(push(HEAD.replace("save(1)", "await save(1)"))).toMatchObject(nothing);
    expect(desk.threads[0]?.bodies).toHaveLength(2);
  });

  test("and is fixed is folded where resolving is not permitted, and the check run says why", () => {
    const { push } = pullRequest(false);
    push(HEAD);
    const fixed = push(HEAD.replace("save(1)", "await save(1)"));
    expect(fixed.threads.map(({ kind }) => kind)).toEqual(["edit", "minimize"]);
    expect(fixed.threads[0]).toMatchObject({
      body: expect.stringMatching(/^\*\*Fixed in 2aaaaaa\.\*\* It was: \*\*`save\(1\)` is a coroutine/),
    });
    expect(fixed.isFolding).toBe(true);
    expect(push(HEAD.replace("save(1)", "await save(1)"))).toMatchObject(nothing);
    const back = push(HEAD);
    expect(back.review?.comments).toHaveLength(1);
  });

  test("and a comment in the code ignores from now on is closed with that word", () => {
    const { push, desk } = pullRequest();
    push(HEAD);
    const ignored = HEAD.replace("save(1)", "save(1)  # yieldsign: ignore[YS106] on purpose");
    const [reply] = push(ignored).threads;
    expect(reply).toMatchObject({
      kind: "reply",
      body: expect.stringMatching(/^Ignored by a comment in the code since 2aaaaaa\.\n/),
    });
    expect(push(ignored)).toMatchObject(nothing);
    expect(desk.threads.map(({ isResolved }) => isResolved)).toEqual([true]);
  });

  test("and comes back on the same lines is unresolved, with a reply", () => {
    const { push, desk } = pullRequest();
    push(HEAD);
    const broken = HEAD.replace("async def save", "def save");
    expect(push(broken).threads.map(({ kind }) => kind)).toEqual(["reply", "resolve"]);
    const back = push(HEAD);
    expect(back.threads.map(({ kind }) => kind)).toEqual(["unresolve", "reply"]);
    expect(back.review).toBeNull();
    expect(push(HEAD)).toMatchObject(nothing);
    expect(push(broken).threads.map(({ kind }) => kind)).toEqual(["reply", "resolve"]);
    expect(desk.threads).toHaveLength(1);
  });

  test("and comes back after its lines were gone gets a new comment; the old thread stays closed", () => {
    const { push, desk } = pullRequest();
    push(HEAD);
    push(BASE);
    expect(push(HEAD).review?.comments).toHaveLength(1);
    expect(desk.threads.map(({ isResolved }) => isResolved)).toEqual([true, false]);
    expect(push(HEAD)).toMatchObject(nothing);
  });

  test("moves when its line changed: the old comment says where to", () => {
    const { push, desk } = pullRequest();
    push(HEAD);
    const plan = push(HEAD.replace("save(1)", "save(1)  # later"));
    expect(plan.review?.body).toBe("A comment moved with the lines.");
    expect(
      desk.threads.map(({ bodies, isMinimized, isResolved }) => [
        bodies[0]?.slice(0, 12),
        isMinimized,
        isResolved,
      ]),
    ).toEqual([
      ["The lines ch", true, true],
      ["**`save(1)` ", false, false],
    ]);
    expect(push(HEAD.replace("save(1)", "save(1)  # later"))).toMatchObject(nothing);
  });

  test("stays where it is when its line changed but people talk there", () => {
    const { push, desk } = pullRequest();
    push(HEAD);
    for (const thread of desk.threads) thread.replies = 1;
    expect(push(HEAD.replace("save(1)", "save(1)  # later"))).toMatchObject({ review: null });
    expect(desk.threads[0]).toMatchObject({ isMinimized: false, isResolved: false });
  });

  test("and was resolved by a person is left alone for good", () => {
    const { push, desk } = pullRequest();
    push(HEAD);
    for (const thread of desk.threads) thread.isResolved = true;
    expect(push(HEAD)).toMatchObject(nothing);
    expect(push(HEAD.replace("save(1)", "save(1)  # so"))).toMatchObject(nothing);
    expect(push(BASE)).toMatchObject(nothing);
    expect(push(HEAD)).toMatchObject({ ...nothing, check: { title: "1 async mistake" } });
  });

  test("in a renamed file is the same finding", () => {
    const { push } = pullRequest();
    push(HEAD);
    const plan = push(HEAD, {}, "renamed.py");
    expect(plan.review?.body).toBe("A comment moved with the lines.");
    expect(push(HEAD, {}, "renamed.py")).toMatchObject(nothing);
  });

  test("is not called fixed while nobody knows: syntax error, file not read, list cut off", () => {
    const { push } = pullRequest();
    push(HEAD);
    expect(push(`${BASE}def broken(:\n`)).toMatchObject({ threads: [] });
    expect(push(BASE, { isIncomplete: true })).toMatchObject({ threads: [] });
    expect(push(BASE, { files: [], skipped: [{ path: "app.py", reason: "too large" }] })).toMatchObject({
      threads: [],
    });
    expect(push(BASE).threads.map(({ kind }) => kind)).toEqual(["reply", "resolve"]);
  });

  test("of a rule that is ignored here is closed with that reason, and not told in the check run", () => {
    const { push } = pullRequest();
    push(HEAD);
    const plan = push(HEAD, { ignored: [{ code: "YS106", login: "octo", reason: "on *purpose*" }] });
    expect(plan.threads[0]).toMatchObject({
      body: expect.stringContaining("YS106 is ignored on this pull request."),
    });
    expect(plan.check).toMatchObject({
      conclusion: "success",
      summary: expect.stringContaining(
        "YS106 is ignored on this pull request, as `octo` asked: on \\*purpose\\*.",
      ),
    });
  });
});

test("a finding that the configuration takes out is not called fixed", () => {
  const { push } = pullRequest();
  push(HEAD);
  const off = push(HEAD, { files: [], isOn: () => false });
  expect(off.threads[0]).toMatchObject({
    body: expect.stringContaining("YS106 is switched off in the configuration."),
  });
  const other = pullRequest();
  other.push(HEAD);
  const out = other.push(HEAD, { files: [], leftOut: ["app.py"] });
  expect(out.threads[0]).toMatchObject({
    body: expect.stringContaining("The configuration leaves this file out."),
  });
});

test("two equal findings are told apart by their lines", () => {
  const { push } = pullRequest();
  const two = HEAD.replace("    save(1)\n", "    save(1)\n    print()\n    print()\n    save(1)\n");
  expect(push(two).review?.comments.map(({ line }) => line)).toEqual([6, 9]);
  const firstFixed = two.replace("    save(1)\n", "    await save(1)\n");
  expect(push(firstFixed).threads).toMatchObject([{ kind: "reply", threadId: "1" }, { kind: "resolve" }]);
  expect(push(firstFixed)).toMatchObject(nothing);
});

test("a comment on two findings tells of the one that is left", () => {
  const { push, desk } = pullRequest();
  const both = HEAD.replace("    save(1)\n", "    save(1), save(2)\n");
  expect(push(both).review?.comments).toHaveLength(1);
  push(both.replace("save(1),", "await save(1),"));
  expect(desk.read().map(({ body }) => findMarkers(body).length)).toEqual([1]);
});

describe("noise", () => {
  const many = (count: number): string =>
    `${DEFINITION}async def main():\n${Array.from({ length: count }, (_, at) => `    save(${at})\n    print()\n`).join("")}`;

  test("more than five places of one rule are one comment with a list, which gets shorter", () => {
    const { push, desk } = pullRequest();
    const [comment, ...others] = push(many(7)).review?.comments ?? [];
    expect(others).toEqual([]);
    expect(comment?.body).toContain("```suggestion\n    await save(0)\n```");
    expect(comment?.body).toContain(
      "The same in 6 more places:\n\n- [`app.py:8`](https://code/app.py#L8): `save(1)` is a coroutine",
    );
    expect(comment?.body).not.toContain("/yieldsign apply");
    expect(push(many(7))).toMatchObject(nothing);
    const shorter = push(many(7).replace("save(3)", "await save(3)"));
    expect(shorter.threads.map(({ kind }) => kind)).toEqual(["edit"]);
    expect(desk.read()[0]?.body).toContain("The same in 5 more places:");
    const firstGone = push(
      many(7).replace("save(3)", "await save(3)").replace("    save(0)\n", "    await save(0)\n"),
    );
    expect(firstGone.threads.map(({ kind }) => kind)).toEqual(["edit"]);
    expect(desk.read()[0]?.body).toMatch(/^\*\*YS106 missing-await\*\* in 5 places:/);
    expect(push(many(7).replaceAll("    save(", "    await save(")).threads.map(({ kind }) => kind)).toEqual([
      "reply",
      "resolve",
    ]);
  });

  test("the most severe come first, open threads count, and the check run has the rest", () => {
    const { push } = pullRequest();
    const first = push(many(4), { maxComments: 3 });
    expect(first.review?.comments).toHaveLength(3);
    expect(first.review?.body).toContain("1 more place is listed in the check run.");
    expect(first.check.annotations).toHaveLength(4);
    expect(push(many(4), { maxComments: 3 })).toMatchObject({ review: null });
    // One is fixed, so there is room for one more.
    expect(
      push(many(4).replace("save(0)", "await save(0)"), { maxComments: 3 }).review?.comments,
    ).toHaveLength(1);
  });
});

test("whatever is pushed, each finding is told in exactly one open thread, and what is gone in none", () => {
  const statement = fc.constantFrom(
    "save(1)",
    "save(2)",
    "await save(1)",
    "print()",
    "x = save(3)",
    "for y in save(1): pass",
  );
  const body = fc.array(statement, { minLength: 1, maxLength: 5 });
  const history = fc.array(body, { minLength: 2, maxLength: 5 });
  fc.assert(
    fc.property(history, fc.boolean(), (pushes, canResolve) => {
      const { push, desk } = pullRequest(canResolve);
      for (const lines of pushes) {
        const text = `${DEFINITION}async def main():\n${lines.map((line) => `    ${line}\n`).join("")}`;
        push(text, { maxComments: 30 });
        const found = findingsOf(reviewedFiles(analyser, { "app.py": { base: BASE, head: text } }));
        const told = desk
          .read()
          .filter(({ mark, isResolved }) => mark !== "fixed" && !isResolved)
          .flatMap((thread) => findMarkers(thread.body).map(({ fingerprint }) => fingerprint));
        expect(told.sort()).toEqual(found.map(({ diagnostic }) => diagnostic.fingerprint).sort());
        const again = push(text, { maxComments: 30 });
        expect(again).toMatchObject(nothing);
      }
    }),
    { numRuns: 40, seed: 7 },
  );
});
