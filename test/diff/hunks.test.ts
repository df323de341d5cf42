import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { diffTexts } from "../../src/diff/diff-texts.ts";
import type { Hunk } from "../../src/diff/hunk.ts";
import { addedLines, hunkAt, isUnbroken, mapLine } from "../../src/diff/lines.ts";
import { PatchError, parsePatch } from "../../src/diff/parse-patch.ts";
import { createGitOracle } from "./git.ts";

const git = createGitOracle();
afterAll(() => git.remove());

const line = fc.oneof(
  fc.constantFrom(
    "a",
    "b",
    "c",
    "",
    " ",
    "+x",
    "-y",
    "@@ -1 +1 @@",
    "\\ no",
    "--- a",
    "+++ b",
    "été 𝒳",
    "\tx",
  ),
  fc.string({ maxLength: 5 }).map((text) => text.replace(/[\n\r\0]/g, "")),
);
const text = fc
  .tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom("\n", "\r\n"), fc.boolean())
  .map(([lines, end, isOpen]) => lines.map((one) => one + end).join("") + (isOpen ? "last" : ""));

/** What the hunks make of the old text. */
function apply(oldText: string, hunks: readonly Hunk[]): string {
  const old = oldText === "" ? [] : oldText.replace(/\n$/, "").split("\n");
  const result: string[] = [];
  let at = 1;
  let isOpen = !oldText.endsWith("\n");
  for (const hunk of hunks) {
    const start = hunk.oldLines === 0 ? hunk.oldStart + 1 : hunk.oldStart;
    while (at < start) result.push(old[at++ - 1] ?? "");
    for (const { kind, text: content, hasNoNewline } of hunk.lines) {
      if (kind !== "+") at += 1;
      if (kind === "-") continue;
      result.push(content);
      isOpen = hasNoNewline;
    }
  }
  if (at <= old.length) isOpen = !oldText.endsWith("\n");
  while (at <= old.length) result.push(old[at++ - 1] ?? "");
  return result.length === 0 ? "" : result.join("\n") + (isOpen ? "" : "\n");
}

function hunksOfGit(output: string): string {
  const at = output.indexOf("\n@@ ");
  return at === -1 ? "" : output.slice(at + 1).replace(/\n$/, "");
}

describe("hunks", () => {
  test("of git's own diff turn the old text into the new one", () => {
    fc.assert(
      fc.property(text, text, (oldText, newText) => {
        const hunks = parsePatch(hunksOfGit(git.diff(oldText, newText)));
        expect(apply(oldText, hunks)).toBe(newText);
      }),
      { numRuns: 60 },
    );
  });

  test("of two texts are accepted by git and give the new text", () => {
    fc.assert(
      fc.property(text, text, (oldText, newText) => {
        fc.pre(oldText !== newText && oldText !== "" && newText !== "");
        const hunks = diffTexts(oldText, newText);
        const patch = hunks.map((hunk) => {
          const header = `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@\n`;
          const rows = hunk.lines.map(
            (one) => `${one.kind}${one.text}\n${one.hasNoNewline ? "\\ No newline at end of file\n" : ""}`,
          );
          return header + rows.join("");
        });
        expect(git.apply(oldText, patch.join(""))).toBe(newText);
      }),
      { numRuns: 60 },
    );
  });

  test("map every line that stays to the line with the same text", () => {
    fc.assert(
      fc.property(text, text, (oldText, newText) => {
        const hunks = diffTexts(oldText, newText);
        const [old, fresh] = [oldText.split("\n"), newText.split("\n")];
        const removed = new Set(
          hunks.flatMap(({ lines }) =>
            lines.filter(({ kind }) => kind === "-").map(({ oldLine }) => oldLine),
          ),
        );
        for (let number = 1; number < old.length; number++) {
          const mapped = mapLine(hunks, number);
          if (removed.has(number)) expect(mapped).toBeNull();
          else expect(fresh[(mapped ?? 0) - 1]).toBe(old[number - 1]);
        }
      }),
    );
  });
});

const PATCH = `@@ -1,4 +1,5 @@
 one
-two
+zwei
+drei
 three
 four
@@ -10,2 +11,1 @@ def function():
 ten
-eleven
\\ No newline at end of file`;

test("a patch is parsed with its line numbers", () => {
  const [first, second] = parsePatch(PATCH);
  expect(first?.lines.map(({ kind, oldLine, newLine }) => [kind, oldLine, newLine])).toEqual([
    [" ", 1, 1],
    ["-", 2, null],
    ["+", null, 2],
    ["+", null, 3],
    [" ", 3, 4],
    [" ", 4, 5],
  ]);
  expect(second?.lines.at(-1)).toEqual({
    kind: "-",
    text: "eleven",
    oldLine: 11,
    newLine: null,
    hasNoNewline: true,
  });
});

test("commentable lines are those of a hunk's new side", () => {
  const hunks = parsePatch(PATCH);
  expect([1, 5, 6, 11, 12].map((number) => hunkAt(hunks, number) !== null)).toEqual([
    true,
    true,
    false,
    true,
    false,
  ]);
  expect([...addedLines(hunks)]).toEqual([2, 3]);
});

test("a range with a removed line in between cannot carry a suggestion", () => {
  const hunks = parsePatch(PATCH);
  expect(isUnbroken(hunks, 2, 5)).toBe(true);
  expect(isUnbroken(hunks, 1, 2)).toBe(false);
  expect(isUnbroken(hunks, 5, 11)).toBe(false);
});

test("a single line without counts is one line on each side", () => {
  expect(parsePatch("@@ -3 +3 @@\n-a\n+b")[0]).toMatchObject({ oldLines: 1, newLines: 1 });
});

test.each(["not a patch", "@@ -1,2 +1,2 @@\n a", "@@ -1 +1 @@\n?a"])("%j is refused", (patch) => {
  expect(() => parsePatch(patch)).toThrow(PatchError);
});
