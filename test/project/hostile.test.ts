import { describe, expect, test } from "vitest";
import { checkAll, evaluateAll, repeat, survive } from "./hostile-source.ts";

// Code that nobody writes, or that somebody writes to see us fall. Asked about it, we are right or know nothing; it
// costs a bounded number of steps, and the rules run over it without falling.

const LOAD = "async def load():\n    return 1\n";
const A = "class A:\n    async def f(self):\n        return 1\n";
const TYPING = "from typing import Any, Callable, Generic, TypeVar, Union, overload\n\nT = TypeVar('T')\n";

describe("depth", () => {
  const brackets = (open: string, inner: string, close: string, count: number): string =>
    open.repeat(count) + inner + close.repeat(count);
  survive([
    ["5,000 brackets", "coroutine", { "a.py": `${LOAD}x = ${brackets("(", "load()", ")", 5000)}\nload()\n` }],
    [
      "5,000 lists",
      "coroutine",
      { "a.py": `${LOAD}x = ${brackets("[", "load()", "]", 5000)}\nx[0]()\nload()\n` },
    ],
    [
      "5,000 calls within each other",
      "unknown",
      { "a.py": `${LOAD}def g(x): return x\n${brackets("g(", "load()", ")", 5000)}\n` },
    ],
    [
      "5,000 attributes in a row",
      "unknown",
      { "a.py": `${A}    def __init__(self):\n        self.a = self\nA()${".a".repeat(5000)}.f()\n` },
    ],
    [
      "5,000 calls in a row",
      "unknown",
      { "a.py": `${A}    def a(self): return self\nA()${".a()".repeat(5000)}.f()\n` },
    ],
    [
      "3,000 awaits within each other",
      "coroutine",
      {
        "a.py": `async def g(x): return x\nasync def f():\n    ${brackets("(await g(", "1", "))", 3000)}\n    g(1)\n`,
      },
    ],
    [
      "a union of 5,000",
      "unknown or coroutine",
      { "a.py": `${A}def g(x: ${"A | ".repeat(5000)}None):\n    x.f()\n` },
    ],
    [
      "3,000 subscripts of a type",
      "unknown",
      { "a.py": `${A}def g(x: ${brackets("list[", "A", "]", 3000)}):\n    x${"[0]".repeat(3000)}.f()\n` },
    ],
    [
      "a quoted type of 3,000 subscripts",
      "unknown",
      { "a.py": `${A}def g(x: '${brackets("list[", "A", "]", 3000)}'):\n    x.f()\n` },
    ],
    ["10,000 operators", "coroutine", { "a.py": `${LOAD}x = ${"1 + ".repeat(10_000)}load()\nload()\n` }],
    [
      "5,000 times `or`",
      "unknown or coroutine",
      { "a.py": `${LOAD}def f():\n    return ${"load() or ".repeat(5000)}load()\nf()\n` },
    ],
    [
      "3,000 conditional expressions",
      "unknown or coroutine",
      { "a.py": `${LOAD}x = ${"load if a else ".repeat(3000)}load\nx()\n` },
    ],
    [
      "2,000 lambdas",
      "unknown",
      { "a.py": `${LOAD}x = ${"lambda: ".repeat(2000)}load()\nx${"()".repeat(2000)}\n` },
    ],
    [
      "1,000 functions within each other",
      "unknown",
      { "a.py": `${repeat(1000, (i) => `${" ".repeat(i)}def f${i}():\n`)}${" ".repeat(1000)}g()\n` },
    ],
    [
      "1,000 classes within each other",
      "unknown",
      {
        "a.py": `${repeat(1000, (i) => `${" ".repeat(i)}class C${i}:\n`)}${" ".repeat(1000)}x = 1\nC0${repeat(999, (i) => `.C${i + 1}`)}().f()\n`,
      },
    ],
    [
      "300 comprehension clauses",
      "coroutine",
      { "a.py": `${LOAD}x = ${"[".repeat(300)}load()${repeat(300, (i) => ` for a${i} in b]`)}\nload()\n` },
    ],
    [
      "1,000 places of a tuple within each other",
      "unknown",
      { "a.py": `x = ${brackets("(", "1,", ",)", 1000)}\n${brackets("(", "y,", ",)", 1000)} = x\ny()\n` },
    ],
    [
      "20,000 brackets that are never closed",
      "unknown",
      { "a.py": `${LOAD}${"(".repeat(20_000)}\nload()\n${"def f(".repeat(5000)}` },
    ],
    [
      "a string full of brackets",
      "coroutine",
      {
        "a.py": `${LOAD}x = '${"a.b.c(".repeat(100_000)}'\ny: '${"Union[".repeat(2000)}' = 1\ny.f()\nload()\n`,
      },
    ],
    [
      "2,000 decorators",
      "coroutine",
      { "a.py": `def deco(f): return f\n${"@deco\n".repeat(2000)}async def g(): ...\ng()\n` },
    ],
    [
      "2,000 wrapping decorators",
      "coroutine",
      {
        "a.py": `def deco(f):\n    async def inner(*a):\n        return await f(*a)\n    return inner\n${"@deco\n".repeat(2000)}async def g(): ...\ng()\n`,
      },
    ],
    [
      "1,000 partials",
      "unknown or coroutine",
      { "a.py": `from functools import partial\n${LOAD}${brackets("partial(", "load", ")", 1000)}()\n` },
    ],
    [
      "a chain of 50 bases",
      "coroutine",
      {
        "a.py": `class C0:\n    async def f(self): ...\n${repeat(50, (i) => `class C${i + 1}(C${i}): ...\n`)}C50().f()\n`,
      },
    ],
    [
      "a tower of 60 diamonds",
      "coroutine",
      {
        "a.py": `class A0:\n    async def f(self): ...\n${repeat(60, (i) => `class L${i}(A${i}): ...\nclass R${i}(A${i}): ...\nclass A${i + 1}(L${i}, R${i}): ...\n`)}A60().f()\n`,
      },
    ],
  ]);

  test("a chain of 8,000 bases does not overflow the stack", () => {
    const files = {
      "a.py": `class C0:\n    async def f(self): ...\n${repeat(8000, (i) => `class C${i + 1}(C${i}): ...\n`)}C8000().f()\n`,
    };
    expect(["unknown", "coroutine"]).toContain(evaluateAll(files).last);
    checkAll(files);
  });
});

describe("growth", () => {
  survive([
    [
      "aliases that double 40 times",
      "unknown",
      {
        "a.py": `${TYPING}A0 = list[T]\n${repeat(40, (i) => `A${i + 1} = Union[A${i}[T], dict[str, A${i}[list[T]]]]\n`)}def f(x: A40[int]):\n    x.f()\n`,
      },
    ],
    [
      "`type` aliases that double 60 times",
      "unknown",
      {
        "a.py": `type A0[X] = list[X]\n${repeat(60, (i) => `type A${i + 1}[X] = A${i}[X] | A${i}[list[X]]\n`)}def f(x: A60[int]):\n    x.f()\n`,
      },
    ],
    [
      "generic classes that double",
      "unknown",
      {
        "a.py": `class P[X, Y]:\n    a: X\n    b: Y\ntype A0 = int\n${repeat(40, (i) => `type A${i + 1} = P[A${i}, A${i}]\n`)}def f(x: A40):\n    x${".a".repeat(40)}.f()\n`,
      },
    ],
    [
      "a generic class that grows with every call",
      "unknown",
      {
        "a.py": `class G[X]:\n    def next(self) -> 'G[G[X]]': ...\n    def last(self) -> X: ...\ndef f(x: G[int]):\n    x${".next()".repeat(60)}.last().f()\n`,
      },
    ],
    [
      "a generic base that grows",
      "unknown",
      {
        "a.py":
          "class G[X]: ...\nclass H[X](G['H[H[X]]']):\n    def f(self) -> X: ...\ndef f(x: H[int]):\n    x.f().f().g()\n",
      },
    ],
    [
      "functions that call twice",
      "unknown",
      {
        "a.py": `def d0(f): return f\n${repeat(39, (i) => `def d${i + 1}(f): return d${i}(f) or d${i}([f])\n`)}def g(x):\n    d39(x).f()\n`,
      },
    ],
    [
      "decorators that call twice",
      "coroutine or unknown",
      {
        "a.py": `def d0(f): return f\n${repeat(29, (i) => `def d${i + 1}(f): return d${i}(d${i}(f))\n`)}@d29\nasync def g(): ...\ng()\n`,
      },
    ],
    [
      "20 overloads within each other, twelve deep",
      "union or unknown or instance",
      {
        "a.py": `${TYPING}${repeat(12, (k) => `${repeat(20, () => `@overload\ndef f${k}(x: T, y: int) -> list[T]: ...\n`)}def f${k}(x, y): return x\n`)}def g(u):\n    ${repeat(12, (k) => `f${k}(`)}u${", u)".repeat(12)}\n`,
      },
    ],
  ]);
});
