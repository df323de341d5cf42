import pc from "picocolors";
import { describe, expect, test } from "vitest";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { FORMATS } from "../../src/report/index.ts";
import type { Report } from "../../src/report/report.ts";
import { RULES } from "../../src/rules/index.ts";
import { checkTexts } from "../rules/check-text.ts";

const analyser = await createAnalyser();
const TEXT = 'async def save(x):\n    return x\n\n\nasync def main():\n\t"é界"; save(1)\n';

function report(files: ReadonlyMap<string, string>, explains: boolean): Report {
  return {
    files: checkTexts(analyser, files),
    version: "1.2.3",
    displayPath: (path) => `here/${path}`,
    explains,
    rulePage: (rule) => `https://rules/${rule}`,
    rules: RULES,
  };
}

function render(format: string, files = new Map([["a.py", TEXT]]), explains = false): string {
  return FORMATS[format]?.(report(files, explains), pc.createColors(false)) ?? "";
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

describe("explanations", () => {
  const names = ["a", "b", "c", "d", "e"];
  const files = new Map([
    ["a.py", "async def save():\n    pass\n"],
    ...names
      .slice(1)
      .map((name, index): [string, string] => [`${name}.py`, `from ${names[index]} import save\n`]),
    [
      "main.py",
      "import asyncio\nfrom e import save\n\n\nasync def main():\n    save()\n    asyncio.sleep(1)\n",
    ],
  ]);
  const hops = ["main.py:2", "e.py:1", "d.py:1", "c.py:1", "b.py:1", "a.py:1"];
  const placesIn = (output: string): string[] =>
    [...output.matchAll(/(?:note: | {4})here\/([a-z]+\.py:\d+): `save`/g)].map((match) => match[1] ?? "");

  test("full shows four hops, with --explain all of them", () => {
    expect(placesIn(render("full", files))).toEqual(["main.py:2", "c.py:1", "b.py:1", "a.py:1"]);
    expect(placesIn(render("full", files, true))).toEqual(hops);
  });

  test("concise shows them with --explain only, those of libraries without a place", () => {
    expect(placesIn(render("concise", files))).toEqual([]);
    const output = render("concise", files, true);
    expect(placesIn(output)).toEqual(hops);
    expect(output).toMatch(/^here\/main\.py:7:5: YS106 .*\n {4}`sleep` of the library `asyncio.*$/m);
  });

  test("sarif has those of the repository as related locations, those of libraries in the message", () => {
    const [own, library] = JSON.parse(render("sarif", files)).runs[0].results;
    expect(
      own.relatedLocations.map(
        ({ id, physicalLocation: { artifactLocation, region } }: RelatedLocation) =>
          `${id} ${artifactLocation.uri}:${region.startLine}`,
      ),
    ).toEqual(hops.map((hop, id) => `${id} ${hop}`));
    expect(library.relatedLocations).toEqual([]);
    expect(library.message.text).toMatch(
      / `sleep` of the library `asyncio[.a-z]*` is a coroutine function.*\.$/,
    );
  });
});

interface RelatedLocation {
  readonly id: number;
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string };
    readonly region: { readonly startLine: number };
  };
}

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
