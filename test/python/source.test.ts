import { describe, expect, test } from "vitest";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { decodeSource } from "../../src/python/decode-source.ts";
import { extractFacts } from "../../src/python/extract-facts.ts";
import { createLineIndex } from "../../src/python/line-index.ts";
import { createPythonParser, ParseTimeout } from "../../src/python/parse.ts";
import { checkText } from "../rules/check-text.ts";

const analyser = await createAnalyser();
const parser = await createPythonParser(() => performance.now());
const factsOf = (text: string) => extractFacts(parser.parse(text));
const DEFECT = "async def f():\n    pass\n\n\nasync def g():\n    f()\n";

describe("decoding", () => {
  const bytes = (text: string): Uint8Array => Buffer.from(text, "utf8");

  test("removes and remembers a byte order mark", () => {
    expect(decodeSource(bytes("\uFEFFx = 1\n"))).toEqual({ ok: true, text: "x = 1\n", hasBom: true });
  });

  test.each([
    ["# -*- coding: latin-1 -*-\n", "the file declares the encoding latin-1; only UTF-8 is analysed"],
    [
      "#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n",
      "the file declares the encoding cp1252; only UTF-8 is analysed",
    ],
    ["x = 1\0\n", "the file contains NUL bytes, so it is not Python source"],
    ["x".repeat(1_200_000), "the file has 1.2 MB; files over 1 MB are not analysed"],
  ])("refuses what is not UTF-8 source, with a reason (%#)", (text, reason) => {
    expect(decodeSource(bytes(text))).toEqual({ ok: false, reason });
  });

  test("accepts UTF-8 under its names, and a cookie that is not in the first two lines", () => {
    for (const text of [
      "# coding: UTF-8\n",
      "# -*- coding: utf_8 -*-\n",
      "x = 1\ny = 2\n# coding: latin-1\n",
    ]) {
      expect(decodeSource(bytes(text)).ok).toBe(true);
    }
  });

  test("refuses bytes that are not UTF-8", () => {
    expect(decodeSource(Uint8Array.from([0x78, 0xff, 0x0a]))).toEqual({
      ok: false,
      reason: "the file is not valid UTF-8",
    });
  });
});

describe("places", () => {
  test.each([
    ["LF", DEFECT],
    ["CRLF", DEFECT.replaceAll("\n", "\r\n")],
    ["a byte order mark", `\uFEFF${DEFECT}`],
    ["a lone carriage return in a string", `x = "a\rb"\n${DEFECT.slice(0)}`],
    ["a form feed", `\f\n${DEFECT}`],
  ])("are right with %s", (_, text) => {
    const [found] = checkText(analyser, text).diagnostics;
    const offset = text.replace("\uFEFF", "").slice(0, found?.span.start).split("\n").length;
    expect([found?.location.line, found?.location.column]).toEqual([offset, 5]);
  });

  test("count UTF-16 units, tabs as one, and end behind the last character", () => {
    const text = 'async def f():\n\tpass\n\n\nasync def g():\n\t"é😀"; f()\n';
    expect(checkText(analyser, text).diagnostics[0]?.location).toEqual({
      path: "module.py",
      line: 6,
      column: 9,
      endLine: 6,
      endColumn: 12,
    });
  });

  test("a text without a final line feed has its last line", () => {
    const index = createLineIndex("a\nbc");
    expect([index.lineCount, index.lineOf(3), index.columnOf(3)]).toEqual([2, 2, 2]);
    expect(index.contentOf(2)).toEqual({ start: 2, end: 4 });
  });
});

describe("kinds of functions", () => {
  test.each([
    ["async def f():\n    yield 1\n", 1],
    ["async def f():\n    if False:\n        yield\n", 1],
    ["async def f():\n    return\n    yield 1\n", 1],
    ["async def f():\n    x = yield\n    await (yield)\n", 2],
    ["async def f():\n    def g():\n        yield 1\n", 0],
    ["async def f():\n    return lambda: (yield 1)\n", 0],
    ["async def f():\n    class A:\n        def g(self):\n            yield 1\n", 0],
    ["async def f():\n    async def g():\n        yield 1\n    await g()\n", 0],
  ])("%j yields in its own scope %i times", (text, yields) => {
    expect(factsOf(text).functions.find(({ name }) => name === "f")?.yields).toHaveLength(yields);
  });
});

describe("where await may stand", () => {
  const legal = (body: string): boolean[] =>
    factsOf(`async def f():\n    ${body}\n`)
      .placements.filter(({ form }) => form !== "return-value")
      .map(({ isLegal }) => isLegal);

  test.each([
    ["await x", [true]],
    ["lambda: await x", [false]],
    ["class A: y = await x", [false]],
    ["def g(a=await x): pass", [true]],
    ["@(await x)\n    def g(): pass", [true]],
    ["def g(): await x", [false]],
    ["[await x for y in z]", [true]],
    ["(await x for y in z)", [true]],
    ["def g(): return [await x for y in z]", [false]],
    ["def g(): return (await x for y in z)", [true]],
    ["def g(): return (y for y in await z)", [false]],
    ["def g(): return [y async for y in z]", [false]],
  ])("%j", (body, expected) => {
    expect(legal(body)).toEqual(expected);
  });
});

describe("broken files", () => {
  test("report nothing around the error, say so once, and go on elsewhere", () => {
    const text = `${DEFECT}\n\ndef broken(:\n    f()\n\n\nasync def h():\n    f()\n`;
    const { diagnostics, note } = checkText(analyser, text);
    expect(note).toMatch(/^syntax error in line \d+: the statements around it were not checked$/);
    expect(diagnostics.every(({ location }) => location.line < 9 || location.line > 10)).toBe(true);
  });

  test("20,000 nested brackets are no problem", () => {
    const { diagnostics, skipped } = checkText(
      analyser,
      `x = ${"[".repeat(20_000)}${"]".repeat(20_000)}\n${DEFECT}`,
    );
    expect([diagnostics.map(({ code }) => code), skipped]).toEqual([["YS106"], null]);
  });

  test("a file that takes too long to parse is given up", async () => {
    let time = 0;
    const slow = await createPythonParser(() => {
      time += 3_000;
      return time;
    });
    expect(() => slow.parse("x = 1\n".repeat(100_000))).toThrow(ParseTimeout);
  });
});

test("names of the code under review cannot collide with ours", () => {
  const text =
    "__proto__ = 1\nconstructor = 2\n\n\nclass toString:\n    def __init__(self):\n        self.hasOwnProperty = 1\n\n    async def valueOf(self):\n        self.valueOf()\n";
  expect(checkText(analyser, text).diagnostics.map(({ code }) => code)).toEqual(["YS106"]);
});
