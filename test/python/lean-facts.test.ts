import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { blankLongComments } from "../../src/python/blank-comments.ts";
import { decodeSource } from "../../src/python/decode-source.ts";
import { extractFacts } from "../../src/python/extract-facts.ts";
import { createPythonParser, type PythonParser } from "../../src/python/parse.ts";
import { descendants } from "../../src/python/syntax-node.ts";

// Python files of the machine, where there are any, beside the fixtures and the library facts.
const FOLDERS = ["fixtures", "src/facts/tables", "/usr/lib/python3", "/usr/lib/python3.11/asyncio"];
const EVERY = 7;

let parser: PythonParser;
beforeAll(async () => {
  parser = await createPythonParser(() => performance.now());
});

function* samples(): Generator<{ path: string; text: string }> {
  for (const folder of FOLDERS) {
    let paths: string[] = [];
    try {
      paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
    } catch {
      continue;
    }
    paths = paths.filter((path) => /\.(py|pyi|pyi\.txt)$/.test(path));
    for (const [index, path] of paths.entries()) {
      if (folder !== "fixtures" && index % EVERY !== 0) continue;
      const source = decodeSource(readFileSync(`${folder}/${path}`));
      if (source.ok) yield { path: `${folder}/${path}`, text: source.text };
    }
  }
}

describe("a tree for facts only", () => {
  test("gives the same facts as the full one, with fewer nodes", () => {
    let full = 0;
    let lean = 0;
    for (const { path, text } of samples()) {
      const whole = parser.parse(text);
      const part = parser.parseForFacts(text);
      expect(part.errors, path).toEqual(whole.errors);
      expect(JSON.stringify(extractFacts(part)), path).toBe(JSON.stringify(extractFacts(whole)));
      for (const _ of descendants(whole.root)) full += 1;
      for (const _ of descendants(part.root)) lean += 1;
    }
    expect(lean).toBeLessThan(full * 0.7);
  });

  test("is a full one where there are errors", () => {
    const text = "def f(:\n    x = [1, 2\n";
    expect(parser.parseForFacts(text)).toEqual(parser.parse(text));
  });
});

describe("long runs of comments", () => {
  test("in a block take no time", () => {
    const text = `def f():\n    pass\n${"    # abcd\n".repeat(75_000)}    await g()\n`;
    const { root, errors } = parser.parse(text);
    expect(errors).toEqual([]);
    expect(root.children.at(-1)?.end).toBe(text.length - 1);
  });

  test("are blanked without moving anything", () => {
    const run = "# one\n\n    # two é\u{1f600}\n".repeat(80);
    const text = `x = 1 # kept\n${run}y = '#'\n`;
    const blanked = blankLongComments(text);
    expect(blanked).toHaveLength(text.length);
    expect(blanked.match(/#/g)).toHaveLength(2);
    expect(blanked.split("\n")).toHaveLength(text.split("\n").length);
    expect(blankLongComments(`${"# one\n".repeat(99)}x = 1\n`)).toContain("# one");
  });

  test("that may be lines of a string keep what ends it", () => {
    const text = `x = f"""\n${"# one {y}\n# two\n".repeat(100)}# """\ny = '\\\n# three'\n`;
    expect(blankLongComments(text)).toBe(text.replaceAll("# two", "     "));
  });
});
