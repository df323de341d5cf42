import { describe, expect, test, vi } from "vitest";
import { checkAll, evaluateAll, repeat } from "./hostile-source.ts";

// Files that are merely large. Nothing here is timed: work is counted, and what is not counted only has to end before
// the limit of a test, which also a busy machine keeps.
vi.setConfig({ testTimeout: 600_000 });

const LOAD = "async def load():\n    return 1\n";

function findings(text: string): number[] {
  return checkAll({ "a.py": text }).map(({ diagnostics }) => diagnostics.length);
}

describe("a function of 10,000 lines", () => {
  test("that assigns", () => {
    const text = `${LOAD}def f(x):\n${repeat(10_000, (i) => `    y${i} = x\n`)}    load()\n`;
    expect(evaluateAll({ "a.py": text })).toMatchObject({ last: "coroutine", uses: 1 });
    expect(findings(text)).toEqual([1, 1]);
  });

  test("that awaits", () => {
    const text = `${LOAD}async def f():\n${repeat(10_000, (i) => `    y${i} = await load()\n`)}    load()\n`;
    const { last, steps } = evaluateAll({ "a.py": text });
    expect(last).toBe("coroutine");
    expect(steps).toBeLessThan(100_000);
    expect(findings(text)).toEqual([1, 1]);
  });

  test("each naming the one before", () => {
    const text = `${LOAD}def f():\n    y0 = load\n${repeat(10_000, (i) => `    y${i + 1} = y${i}\n`)}    y10000()\n`;
    expect(["unknown", "coroutine"]).toContain(evaluateAll({ "a.py": text }).last);
    checkAll({ "a.py": text });
  });

  test("of 3,000 branches", () => {
    const text = `${LOAD}def f(x):\n    if x == 0:\n        y = load\n${repeat(3000, (i) => `    elif x == ${i}:\n        y = load\n`)}    y()\n`;
    expect(evaluateAll({ "a.py": text }).last).toBe("coroutine");
    checkAll({ "a.py": text });
  });

  test("of 5,000 returns", () => {
    const text = `${LOAD}def f(x):\n${repeat(5000, (i) => `    if x == ${i}:\n        return load()\n`)}    return load()\nf(1)\n`;
    expect(evaluateAll({ "a.py": text }).last).toBe("coroutine");
    expect(findings(text)).toEqual([1, 1]);
  });

  test("that binds one name again and again, 2,000 times", () => {
    const text = `${LOAD}def f(g):\n    y = load\n${repeat(2000, () => "    y = g(y)\n    y.f()\n")}    y()\n`;
    expect(evaluateAll({ "a.py": text }).last).toBe("unknown");
    checkAll({ "a.py": text });
  });

  test("of 1,500 parameters without annotation", () => {
    const names = Array.from({ length: 1500 }, (_, i) => `f${i}`);
    const text = `import pytest\ndef test_a(${names.join(", ")}):\n${names.map((name) => `    ${name}.x()\n`).join("")}`;
    expect(evaluateAll({ "test_a.py": text }).last).toBe("unknown");
  });
});

describe("a class", () => {
  test("of 100,000 attributes", () => {
    const attributes = repeat(100_000, (i) => `_${i.toString(36)}=1;`);
    const text = `class A:\n    ${attributes}\n    async def f(self): ...\nA().f()\n`;
    expect(evaluateAll({ "a.py": text })).toMatchObject({ last: "coroutine" });
    expect(findings(text)).toEqual([1, 1]);
  });

  test("of a million attributes is over the limit of a file, and the report says so", () => {
    const text = `class A:\n${repeat(1_000_000, (i) => `    a${i} = 1\n`)}A().f()\n`;
    for (const { skipped, diagnostics } of checkAll({ "a.py": text })) {
      expect(skipped).toContain("1 MB");
      expect(diagnostics).toEqual([]);
    }
  });

  test("of 20,000 attributes of the object", () => {
    const text = `${LOAD}class A:\n    def __init__(self):\n${repeat(20_000, (i) => `        self.a${i} = load\n`)}    def f(self):\n        self.a19999()\n`;
    expect(evaluateAll({ "a.py": text }).last).toBe("coroutine");
    expect(findings(text)).toEqual([1, 1]);
  });

  test("whose one attribute is assigned 20,000 times", () => {
    const text = `${LOAD}class A:\n    def __init__(self):\n${repeat(20_000, () => "        self.a = load\n")}    def f(self):\n        self.a()\n`;
    expect(["unknown", "coroutine"]).toContain(evaluateAll({ "a.py": text }).last);
    checkAll({ "a.py": text });
  });

  test("whose one attribute is one of 3,000 kinds", () => {
    const classes = repeat(3000, (i) => `class C${i}:\n    async def f(self): ...\n`);
    const text = `${classes}class A:\n    def __init__(self):\n${repeat(3000, (i) => `        self.a = C${i}()\n`)}    def f(self):\n        self.a.f()\n`;
    expect(["unknown", "coroutine"]).toContain(evaluateAll({ "a.py": text }).last);
    checkAll({ "a.py": text });
  });

  test("of 1,000 bases", () => {
    const names = Array.from({ length: 1000 }, (_, i) => `C${i}`);
    const text = `${names.map((name) => `class ${name}: ...\n`).join("")}class D(${names.join(", ")}): ...\nD().f()\n`;
    expect(evaluateAll({ "a.py": text }).last).toBe("unknown");
    checkAll({ "a.py": text });
  });

  test("with 500 subclasses that override a method", () => {
    const base = "class A:\n    async def f(self): ...\n    def g(self):\n        self.f()\n";
    const text = `${repeat(500, (i) => `class C${i}(A):\n    async def f(self): ...\n`)}${base}`;
    const { last, steps } = evaluateAll({ "a.py": text });
    expect(last).toBe("coroutine");
    expect(steps).toBeLessThan(20_000);
    checkAll({ "a.py": text });
  });

  test("with 500 subclasses in files of their own, one of another kind", () => {
    const files: Record<string, string> = {
      "a.py": "class A:\n    async def f(self): ...\n    def g(self):\n        self.f()\n",
    };
    for (let i = 0; i < 500; i++)
      files[`m${i}.py`] =
        `from a import A\nclass C${i}(A):\n    ${i === 499 ? "" : "async "}def f(self): ...\n`;
    expect(checkAll(files).flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
  });
});

describe("a file", () => {
  test("of 2,000 overloads", () => {
    const text = `from typing import overload\n${repeat(2000, (i) => `class C${i}: ...\n@overload\ndef f(x: C${i}) -> int: ...\n`)}def f(x): return x\ndef g():\n    f(C1999())\n`;
    const { last, steps } = evaluateAll({ "a.py": text });
    expect(["unknown", "instance"]).toContain(last);
    expect(steps).toBeLessThan(20_000);
    checkAll({ "a.py": text });
  });

  test("of 20,000 functions that call each other", () => {
    const text = `${repeat(20_000, (i) => `async def f${i}():\n await f${(i * 7919) % 20_000}()\n`)}f1()\n`;
    const { last, steps } = evaluateAll({ "a.py": text });
    expect(last).toBe("coroutine");
    expect(steps).toBeLessThan(100_000);
    expect(findings(text)).toEqual([1, 1]);
  });

  test("that defines one function 3,000 times", () => {
    const text = `${repeat(3000, (i) => `async def f(): return ${i}\n`)}def g():\n    f()\n`;
    expect(evaluateAll({ "a.py": text }).last).toBe("coroutine");
    checkAll({ "a.py": text });
  });

  test("with a dictionary of 50,000", () => {
    const text = `${LOAD}x = {${repeat(50_000, (i) => `'a${i}': load, `)}}\nx['a']()\nload()\n`;
    expect(evaluateAll({ "a.py": text }).last).toBe("coroutine");
    checkAll({ "a.py": text });
  });

  test("with 20,000 arguments", () => {
    const text = `async def f(*a, **k): ...\nf(${repeat(20_000, (i) => `${i}, `)})\nf(${repeat(5000, (i) => `k${i}=${i}, `)})\n`;
    expect(evaluateAll({ "a.py": text }).last).toBe("coroutine");
    expect(findings(text)).toEqual([2, 2]);
  });
});

// What once cost more than its size: quadratic, or worse. The sizes are those at which it showed.
describe("a cost that grew faster than the file", () => {
  test("100,000 names in one assignment: `visitAssignment` looks for the value at every `=`", () => {
    evaluateAll({ "a.py": `${repeat(100_000, (i) => `_${i.toString(36)}=`)}1\n` });
  });

  test("2,000 bases in a row, each asked: `merge` copies the order of each base", () => {
    const { steps } = evaluateAll({
      "a.py": `class C0:\n    async def f(self): ...\n${repeat(2000, (i) => `class C${i + 1}(C${i}):\n    def g(self):\n        self.f()\n`)}`,
    });
    expect(steps).toBeLessThan(1_000_100);
  });

  test("2,000 classes of one name, each the base of the next", () => {
    const { steps } = evaluateAll({
      "a.py": repeat(
        2000,
        () => "class A(A):\n    async def f(self): ...\n    def g(self):\n        self.f()\n",
      ),
    });
    expect(steps).toBeLessThan(20_000);
  });

  test("one name bound 10,000 times and used as often: `reachingBindings` and `rootName` walk all", () => {
    const { steps } = evaluateAll({
      "a.py": `${LOAD}def f(g):\n    y = load\n${repeat(10_000, () => "    y = g(y)\n    y.f()\n")}    y()\n`,
    });
    expect(steps).toBeLessThan(100_000);
  });

  test("one name bound to itself in 5,000 branches: `joinBindings` asks each for all before it", () => {
    const { steps } = evaluateAll({
      "a.py": `${LOAD}def f(x):\n    y = load\n${repeat(5000, () => "    if x:\n        y = y\n")}    y()\n`,
    });
    expect(steps).toBeLessThan(100);
  });

  test("one function defined 10,000 times: `blockAt` walks all blocks for each return", () => {
    const { steps } = evaluateAll({
      "a.py": `${repeat(10_000, (i) => `async def f(): return ${i}\n`)}def g():\n    f()\n`,
    });
    expect(steps).toBeLessThan(100);
  });

  test("3,000 parameters, each used: `unannotatedValue` looks for a parameter's name among all bindings", () => {
    const names = Array.from({ length: 3000 }, (_, i) => `f${i}`);
    const { steps } = evaluateAll({
      "test_a.py": `def test_a(${names.join(", ")}):\n${names.map((name) => `    ${name}.x()\n`).join("")}`,
    });
    expect(steps).toBeLessThan(30_000);
  });

  test("1,000 functions that return each other, each asked: every use had a budget of its own", () => {
    const { steps } = evaluateAll({
      "a.py": repeat(
        1000,
        (i) =>
          `def f${i}(x):\n    f${(i + 2) % 1000}(x)\n    if x:\n        return f${(i + 1) % 1000}(x)\n    return f${(i + 3) % 1000}(x - 1)\n`,
      ),
    });
    expect(steps).toBeLessThan(1_000_100);
  });
});
