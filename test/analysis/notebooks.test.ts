import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { applyEdits } from "../../src/fixes/apply-edits.ts";
import type { FileReport } from "../../src/fixes/fix.ts";
import { checkTexts } from "../rules/check-text.ts";

const FOLDER = fileURLToPath(new URL("../../fixtures/notebooks/", import.meta.url));
const analyser = await createAnalyser();
const paths = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((path) =>
  /\.(py|ipynb)$/.test(path),
);
const files = new Map(paths.map((path) => [path, readFileSync(FOLDER + path, "utf8")]));
const notebooks = [...files.keys()].filter((path) => path.endsWith(".ipynb"));
const hasPython = spawnSync("python3", ["--version"]).status === 0;

interface RawCell {
  readonly source?: string | string[];
  readonly input?: string[];
}

/** Sources by the number of their cell, read without the code under test. */
function sources(json: string): Map<number, string> {
  const root: { cells?: RawCell[]; worksheets?: { cells: RawCell[] }[] } = JSON.parse(json);
  const cells = root.cells ?? root.worksheets?.[0]?.cells ?? [];
  return new Map(
    cells.map(({ source, input }, index) => [index + 1, [source ?? input ?? ""].flat().join("")]),
  );
}

function expected(json: string): string[] {
  return [...sources(json)].flatMap(([number, source]) =>
    source.split("\n").flatMap((line, index) => {
      const match = /# (YS\d+: (?:A|B|none))$/.exec(line);
      return match === null ? [] : [`${number}:${index + 1} ${match[1]}`];
    }),
  );
}

function check(path: string): FileReport {
  const report = checkTexts(analyser, files).find((one) => one.path === path);
  if (report === undefined) throw new Error("no report");
  return report;
}

/** A notebook as Jupyter writes it. */
function notebook(...cells: string[]): string {
  const code = cells.map((source) => ({
    cell_type: "code",
    metadata: {},
    outputs: [],
    source: source.split(/(?<=\n)/),
  }));
  return `${JSON.stringify({ cells: code, metadata: {}, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}

function checkNotebook(json: string, others: Readonly<Record<string, string>> = {}): FileReport {
  const report = checkTexts(analyser, new Map([...Object.entries(others), ["work/a.ipynb", json]])).at(-1);
  if (report === undefined) throw new Error("no report");
  return report;
}

const found = ({ diagnostics }: FileReport): string[] =>
  diagnostics.map(({ code, location: { cell }, fix }) => {
    return `${cell?.index}:${cell?.line} ${code}: ${fix?.grade ?? "none"}`;
  });

describe.each(notebooks.filter((path) => path !== "r.ipynb"))("%s", (path) => {
  test("has the findings that the comments in its cells name", () => {
    const report = check(path);
    expect(expected(report.text ?? "").length).toBeGreaterThan(0);
    expect(found(report)).toEqual(expected(report.text ?? ""));
  });

  test("names lines of the file, and cell and line in the message", () => {
    const { text, diagnostics } = check(path);
    for (const { location, span, message } of diagnostics) {
      const { line, column, cell } = location;
      const fileLine = (text ?? "").split("\n")[line - 1] ?? "";
      expect((text ?? "").slice(0, span.start).split("\n")).toHaveLength(line);
      expect(fileLine.slice(column - 1)).toMatch(/^(fetch|save|rows|await )/);
      expect(message.problem).toMatch(new RegExp(` \\(cell ${cell?.index}, line ${cell?.line}\\)\\.$`));
    }
  });

  test("is still a notebook with the rest untouched after every repair, and the finding is gone", () => {
    let json = files.get(path) ?? "";
    for (let round = 0; round < 20; round++) {
      const report = checkTexts(analyser, new Map([...files, [path, json]])).find((one) => one.path === path);
      const one = report?.diagnostics.find(({ fix }) => fix !== null);
      if (report === undefined || one?.fix == null) break;
      const changed = applyEdits(json, one.fix.edits);
      const [before, after] = [sources(json), sources(changed)];
      expect([...after.keys()]).toEqual([...before.keys()]);
      const differing = [...after].filter(([number, source]) => before.get(number) !== source);
      expect(differing.map(([number]) => number)).toEqual([one.location.cell?.index]);
      const without = (text: string): string =>
        JSON.stringify(JSON.parse(text), (key, value) =>
          key === "source" || key === "input" ? undefined : value,
        );
      expect(without(changed)).toBe(without(json));
      expect(changed.split("\n").length).toBe(json.split("\n").length);
      if (/^[\0-\x7f]*$/.test(json)) expect(changed).toMatch(/^[\0-\x7f]*$/);
      json = changed;
    }
    const last = checkTexts(analyser, new Map([...files, [path, json]])).find((one) => one.path === path);
    expect(last === undefined ? [] : found(last)).toEqual(
      expected(json).filter((one) => one.endsWith("none")),
    );
  });

  test.runIf(hasPython)("has cells and lines where Python's own reader sees them", () => {
    const script =
      "import json, sys; n = json.load(open(sys.argv[1], encoding='utf-8')); " +
      "cells = n['cells'] if 'cells' in n else n['worksheets'][0]['cells']; " +
      "print(json.dumps([''.join(c.get('source', c.get('input'))) for c in cells]))";
    const read: string[] = JSON.parse(
      execFileSync("python3", ["-c", script, FOLDER + path], { encoding: "utf8" }),
    );
    for (const { location, code } of check(path).diagnostics) {
      const line = read[(location.cell?.index ?? 0) - 1]?.split("\n")[(location.cell?.line ?? 0) - 1];
      expect(line).toContain(`# ${code}`);
    }
  });
});

test("a notebook of another language is skipped and says why", () => {
  expect(check("r.ipynb")).toMatchObject({ skipped: "the notebook's language is R, not Python", text: null });
});

describe("the cells of a notebook", () => {
  const FETCH = "async def fetch():\n    return 1";

  test("see the modules of its folder and of the repository, and nobody imports them", () => {
    const others = {
      "work/near.py": "async def near():\n    pass\n",
      "far.py": "async def far():\n    pass\n",
      "b.py":
        "from a import fetch\nfrom work.a import fetch as other\n\n\nasync def main():\n    fetch()\n    other()\n",
    };
    const json = notebook("from near import near\nfrom far import far", `${FETCH}\nnear()\nfar()`);
    const reports = checkTexts(analyser, new Map([...Object.entries(others), ["work/a.ipynb", json]]));
    expect(reports.map((report) => [report.path, found(report).length])).toEqual([
      ["work/near.py", 0],
      ["far.py", 0],
      ["b.py", 0],
      ["work/a.ipynb", 2],
    ]);
  });

  test("may await where Python's flag for it allows that, and nowhere else", () => {
    const legal = [
      "await fetch()",
      "async with a: pass",
      "[x async for x in y]",
      "[[await fetch() for a in b] for c in d]",
      "def f(a=await fetch()): pass",
      "if 1:\n    await fetch()",
      "class A(await fetch()): pass",
    ];
    const illegal = [
      "def f():\n    await fetch()",
      "g = lambda: await fetch()",
      "class B:\n    x = await fetch()",
    ];
    const codes = (cell: string) => checkNotebook(notebook(FETCH, cell)).diagnostics.map(({ code }) => code);
    for (const cell of legal) expect(codes(cell), cell).toEqual([]);
    for (const cell of illegal) expect(codes(cell), cell).toEqual(["YS115"]);
  });

  test("are not told to use `asyncio.run`, because a loop runs already", () => {
    const { diagnostics } = checkNotebook(
      notebook(FETCH, "def f():\n    fetch()\n\ndef g():\n    await fetch()"),
    );
    expect(diagnostics).toHaveLength(2);
    for (const { message } of diagnostics)
      expect(JSON.stringify(message)).not.toMatch(/asyncio\.run|whole file/);
  });

  test.each([
    ["a magic that may bind the name", "%fancy fetch"],
    ["an unknown cell magic", "%%fancy\nfetch = None"],
    ["an assigned command", "fetch = !which fetch"],
    ["output that is captured under it", "%%capture fetch\n1"],
    ["a timed assignment", "%time fetch = load()"],
    ["a cell that Python cannot read", "fetch = 1\n)"],
    ["a cell with a NUL", "fetch = 1\0"],
    ["half of a surrogate pair", 'fetch = "\ud800"'],
  ])("know no longer what a name is after %s", (_, cell) => {
    expect(found(checkNotebook(notebook(FETCH, "fetch()", cell, "fetch()")))).toEqual(["2:1 YS106: A"]);
  });

  test.each([
    ["a harmless magic", "%timeit fetch()"],
    ["a shell command", "!fetch"],
    ["a shell cell", "%%bash\nfetch() {"],
    ["help", "fetch?"],
    ["`%run`, which may bind builtins", "%run fetch"],
    ["a cell that is indented", "    x = 1\n    y = 2"],
    ["an open block", "def f():"],
    ["an unclosed bracket in a cell before", "x = ["],
    ["an unclosed string in a cell before", 'x = """'],
    ["a line continuation at the end", "x = 1 + \\"],
  ])("still know what a name is after %s", (name, cell) => {
    const expected = name.startsWith("`%run`") ? [] : ["3:1 YS106: A"];
    expect(found(checkNotebook(notebook(FETCH, cell, "fetch()")))).toEqual(expected);
  });

  test("of `%%time` and `%%prun` are not reported in, as `await` is not legal there", () => {
    const cells = ["%%time\nfetch()\nfound = [fetch()]", "%%prun\nfetch()", "%%capture\nfetch()"];
    expect(found(checkNotebook(notebook(FETCH, ...cells)))).toEqual(["4:2 YS106: A"]);
  });

  test("can be silenced like a file", () => {
    const silenced = ["fetch()  # noqa", "fetch()  # yieldsign: ignore[missing-await]"];
    expect(found(checkNotebook(notebook(FETCH, ...silenced)))).toEqual([]);
    expect(found(checkNotebook(notebook(FETCH, "# yieldsign: ignore-file", "fetch()")))).toEqual([]);
  });

  test("override methods of one another also where a scan knows the subclasses", () => {
    const base = "class A:\n    async def save(self): ...\n\nclass B(A):\n    def save(self): ...";
    const json = notebook(base, "def f(a: A):\n    a.save()");
    const bytes = Buffer.from(json);
    const tree = { paths: ["a.ipynb"], isAtHand: true, read: () => ({ id: "a.ipynb", bytes }) };
    expect(analyser.check(tree, ["a.ipynb"]).reports.map(found)).toEqual([[]]);
  });
});

describe("what is not a notebook is skipped with the reason", () => {
  const cell = (source: string): string => `{"cells": [{"cell_type": "code", "source": ${source}}]}`;
  const deep = "[".repeat(200_000);
  test.each([
    ["nothing", "", "not valid JSON"],
    ["a truncated notebook", notebook("x = 1").slice(0, 60), "not valid JSON"],
    ["raw NUL", '{"cells": "\0"}', "not valid JSON"],
    ["a list", "[]", "not a notebook"],
    ["no cells", '{"__proto__": {"cells": []}}', "no list of cells"],
    ["cells that are none", '{"cells": {"0": {}}}', "no list of cells"],
    ["a cell that is a number", '{"cells": [1]}', "cell 1 of the notebook is not an object"],
    ["a source that is a number", cell("1"), "cell 1 is neither text nor a list"],
    ["a line that is a number", cell('["x", 1]'), "cell 1 is neither text nor a list"],
    ["no source", '{"cells": [{"cell_type": "code"}]}', "cell 1 is neither text nor a list"],
    ["two sources", cell('["x"], "source": ["y"]'), "cell 1 of the notebook has two sources"],
    [
      "two lists of cells",
      `{"cells": [{"cell_type": "code", "source": ["a"]}], ${cell('["x"]').slice(1)}`,
      "two",
    ],
    ["another language", '{"cells": [], "metadata": {"kernelspec": {"language": "julia"}}}', "julia"],
    ["too much code", cell(JSON.stringify(["x = 1\n".repeat(200_000)])), "over 1 MB of code"],
    ["too large a file", cell(JSON.stringify("x".repeat(10_000_000))), "over 10 MB"],
    ["unclosed nesting", deep, "not valid JSON"],
  ])("%s", (_, json, reason) => {
    const report = checkNotebook(json);
    expect(report.skipped).toContain(reason);
    expect(report).toMatchObject({ text: null, diagnostics: [], note: null });
  });

  test("bytes that are not UTF-8", () => {
    const tree = { paths: ["a.ipynb"], read: () => ({ id: "1", bytes: Buffer.from([0x22, 0xff, 0x22]) }) };
    expect(analyser.check(tree, ["a.ipynb"]).reports[0]?.skipped).toBe("the file is not valid UTF-8");
  });
});

test("outputs of any size and depth are passed over", () => {
  const json = notebook("async def fetch():\n    return 1\n", "fetch()");
  const outputs = `[${"[".repeat(100_000)}${"]".repeat(100_000)}, ${JSON.stringify('"\\'.repeat(2_000_000))}]`;
  const report = checkNotebook(json.replace('"outputs": []', `"outputs": ${outputs}`));
  expect(found(report)).toEqual(["2:1 YS106: A"]);
  expect(applyEdits(report.text ?? "", report.diagnostics[0]?.fix?.edits ?? [])).toContain('"await fetch()"');
});
