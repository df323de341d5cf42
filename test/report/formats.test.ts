import pc from "picocolors";
import { expect, test } from "vitest";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { FORMATS } from "../../src/report/index.ts";
import type { Report } from "../../src/report/report.ts";
import { RULES } from "../../src/rules/index.ts";
import { checkTexts } from "../rules/check-text.ts";

const analyser = await createAnalyser();
const TEXT = 'async def save(x):\n    return x\n\n\nasync def main():\n\t"é界"; save(1)\n';

function report(files: ReadonlyMap<string, string>): Report {
  return {
    files: checkTexts(analyser, files),
    version: "1.2.3",
    displayPath: (path) => `here/${path}`,
    rulePage: (rule) => `https://rules/${rule}`,
    rules: RULES,
  };
}

function render(format: string, files = new Map([["a.py", TEXT]])): string {
  return FORMATS[format]?.(report(files), pc.createColors(false)) ?? "";
}

test("full", () => {
  expect(render("full")).toBe(
    [
      "YS106 missing-await: `save(1)` is a coroutine that nobody awaits.",
      " --> here/a.py:6:8",
      "5 | async def main():",
      '6 |     "é界"; save(1)',
      "  |            ^^^^^^^",
      "  = why: Its body never runs: Python only warns `coroutine … was never awaited`, if anything.",
      "  = help: Put `await` in front of the call.",
      "  = note: here/a.py:1: `save` is a coroutine function: `async def` without `yield`",
      "  = repair: Insert `await`",
      "    @@ -6,1 +6,1 @@",
      '    -\t"é界"; save(1)',
      '    +\t"é界"; await save(1)',
      "",
      "Found 1 error in 1 file (1 with a repair).",
      "",
    ].join("\n"),
  );
});

test("full of a clean and a skipped file", () => {
  const files = new Map([
    ["a.py", "x = 1\n"],
    ["b.py", "x = 1\0"],
  ]);
  expect(render("full", files)).toBe(
    "\nNot checked, or only in part:\n  here/b.py: the file contains NUL bytes, so it is not Python source\nAll checks passed: 1 file without async mistakes.\n",
  );
});

test("concise", () => {
  expect(render("concise")).toBe(
    "here/a.py:6:8: YS106 missing-await: `save(1)` is a coroutine that nobody awaits.\nFound 1 error in 1 file (1 with a repair).\n",
  );
});

test("json", () => {
  const { version, findings, skipped } = JSON.parse(render("json"));
  expect([version, skipped]).toEqual(["1.2.3", []]);
  expect(findings).toEqual([
    {
      code: "YS106",
      rule: "missing-await",
      severity: "error",
      path: "a.py",
      line: 6,
      column: 8,
      endLine: 6,
      endColumn: 15,
      message: {
        problem: "`save(1)` is a coroutine that nobody awaits.",
        reason: "Its body never runs: Python only warns `coroutine … was never awaited`, if anything.",
        remedy: "Put `await` in front of the call.",
      },
      page: "https://rules/missing-await",
      chain: [{ path: "a.py", line: 1, text: "`save` is a coroutine function: `async def` without `yield`" }],
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
      ordinal: 0,
      fix: {
        title: "Insert `await`",
        grade: "A",
        caution: null,
        edits: [{ line: 6, column: 8, endLine: 6, endColumn: 8, text: "await " }],
      },
    },
  ]);
});

test("sarif", () => {
  const { version, runs } = JSON.parse(render("sarif", new Map([["sub dir/ä.py", TEXT]])));
  const [run] = runs;
  expect([version, runs.length, run.columnKind, run.tool.driver.version]).toEqual([
    "2.1.0",
    1,
    "utf16CodeUnits",
    "1.2.3",
  ]);
  expect(run.tool.driver.rules.map(({ id, name }: { id: string; name: string }) => [id, name])).toEqual(
    RULES.map(({ code, name }) => [code, name]),
  );
  const region = { startLine: 6, startColumn: 8, endLine: 6, endColumn: 15 };
  const insertion = { startLine: 6, startColumn: 8, endLine: 6, endColumn: 8 };
  const artifactLocation = { uri: "sub%20dir/%C3%A4.py" };
  expect(run.results).toEqual([
    {
      ruleId: "YS106",
      ruleIndex: 5,
      level: "error",
      message: { text: expect.stringContaining("is a coroutine that nobody awaits.") },
      locations: [{ physicalLocation: { artifactLocation, region } }],
      relatedLocations: [
        {
          id: 0,
          message: { text: "`save` is a coroutine function: `async def` without `yield`" },
          physicalLocation: { artifactLocation, region: { startLine: 1 } },
        },
      ],
      partialFingerprints: { "yieldsign/v1": expect.stringMatching(/^[0-9a-f]{16}:0$/) },
      fixes: [
        {
          description: { text: "Insert `await`" },
          artifactChanges: [
            {
              artifactLocation,
              replacements: [{ deletedRegion: insertion, insertedContent: { text: "await " } }],
            },
          ],
        },
      ],
    },
  ]);
});

test("github: workflow commands with everything escaped", () => {
  expect(render("github", new Map([["a,b:c%.py", TEXT]]))).toBe(
    "::error file=a%2Cb%3Ac%25.py,line=6,endLine=6,col=8,endColumn=15,title=YS106 missing-await::`save(1)` is a coroutine that nobody awaits. Its body never runs: Python only warns `coroutine … was never awaited`, if anything. Put `await` in front of the call.\n",
  );
});

test("control characters of code and names are shown, not sent to the terminal", () => {
  const text = 'async def save(x):\n    return x\n\n\nasync def main():\n    save("\u001b[31m\u202e")\n';
  const output = render("full", new Map([["\u001b[2J.py", text]]));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  expect(output).not.toMatch(/[\u001b\u202e]/);
  expect(output).toContain("here/\\u{1b}[2J.py:6:5");
});
