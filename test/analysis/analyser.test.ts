import { beforeAll, describe, expect, test } from "vitest";
import type { SourceTree } from "../../src/analysis/analyser.ts";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { createSourceMemory } from "../../src/analysis/source-memory.ts";
import { createPythonParser, type PythonParser } from "../../src/python/parse.ts";

const DEFECT = "async def f():\n    pass\n\n\nasync def g():\n    f()\n";

/** A tree whose ids are the texts themselves: equal bytes, equal id. */
function tree(files: Readonly<Record<string, string>>): SourceTree {
  return {
    paths: Object.keys(files),
    read(path) {
      const text = files[path];
      return text === undefined ? undefined : { id: text, bytes: Buffer.from(text) };
    },
  };
}

let parsed: string[];
let parser: PythonParser;
beforeAll(async () => {
  const real = await createPythonParser(() => performance.now());
  parser = {
    ...real,
    parseForFacts(text) {
      parsed.push(text);
      return real.parseForFacts(text);
    },
  };
});

describe("the memory of sources", () => {
  test("knows bytes again under any path, and forgets by size", () => {
    parsed = [];
    const memory = createSourceMemory(parser, 50_000);
    const file = (text: string) => ({ id: text, bytes: Buffer.from(text) });
    const first = memory.read(file("x = 1\n"));
    expect(memory.read(file("x = 1\n"))).toBe(first);
    for (let index = 0; index < 30; index++) memory.read(file(`value_${index} = "${"x".repeat(100)}"\n`));
    expect(memory.bytes).toBeLessThanOrEqual(50_000);
    expect(parsed).toHaveLength(31);
    memory.read(file("x = 1\n"));
    expect(parsed).toHaveLength(32);
  });

  test("remembers also that a file cannot be read", () => {
    parsed = [];
    const memory = createSourceMemory(parser, 50_000);
    const broken = { id: "nul", bytes: Buffer.from("x\0") };
    expect(memory.read(broken)).toMatchObject({ ok: false });
    expect(memory.read(broken)).toBe(memory.read(broken));
    expect(memory.bytes).toBeGreaterThan(0);
  });
});

describe("the analyser", () => {
  test("says where a file stands now, also after it was renamed", async () => {
    const analyser = await createAnalyser();
    const locations = (path: string): unknown =>
      analyser
        .check(tree({ [path]: DEFECT }), [path])
        .reports.map(({ path: reported, diagnostics }) => [
          reported,
          ...diagnostics.map(({ location }) => location.path),
        ]);
    expect(locations("old.py")).toEqual([["old.py", "old.py"]]);
    expect(locations("new.py")).toEqual([["new.py", "new.py"]]);
  });

  test("resolves equal files by their own places: the same text means something else elsewhere", async () => {
    const analyser = await createAnalyser();
    const caller = "from .work import run\n\n\nasync def main():\n    run()\n";
    const files = {
      "a/__init__.py": "",
      "a/main.py": caller,
      "a/work.py": "async def run():\n    pass\n",
      "b/__init__.py": "",
      "b/main.py": caller,
      "b/work.py": "def run():\n    pass\n",
    };
    const found = (paths: string[]): unknown =>
      analyser.check(tree(files), paths).reports.map(({ path, diagnostics }) => [path, diagnostics.length]);
    expect(found(["a/main.py", "b/main.py"])).toEqual([
      ["a/main.py", 1],
      ["b/main.py", 0],
    ]);
    expect(found(["b/main.py", "a/main.py"])).toEqual([
      ["b/main.py", 0],
      ["a/main.py", 1],
    ]);
  });

  test("finds the same without any memory", async () => {
    const analyser = await createAnalyser(0);
    const { reports } = analyser.check(tree({ "a.py": DEFECT }), ["a.py"]);
    expect(reports[0]?.diagnostics.map(({ code }) => code)).toEqual(["YS106"]);
  });
});
