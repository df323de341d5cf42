import { describe, expect, test } from "vitest";
import { evaluateAll, type Files, repeat, survive } from "./hostile-source.ts";

// Code that nobody writes, or that somebody writes to see us fall. Asked about it, we are right or know nothing; it
// costs a bounded number of steps, and the rules run over it without falling.

const TYPING = "from typing import Any, Callable, Generic, TypeVar, Union, overload\n\nT = TypeVar('T')\n";

const numbered = (count: number, text: (index: number) => readonly [string, string]): Files =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => text(index)));

describe("circles", () => {
  survive([
    [
      "imports",
      "unknown",
      { "a.py": "from b import f\nf()\n", "b.py": "from c import f\n", "c.py": "from a import f\n" },
    ],
    [
      "imports of modules",
      "unknown",
      { "a.py": "import b\nx = b.x\nx.f()\n", "b.py": "import a\nx = a.x\n" },
    ],
    ["500 imports", "unknown", numbered(500, (i) => [`m${i}.py`, `from m${(i + 1) % 500} import f\nf()\n`])],
    [
      "1,000 imports in a row",
      "unknown or coroutine",
      {
        ...numbered(1000, (i) => [`m${i}.py`, `from m${i + 1} import f\n`]),
        "m1000.py": "async def f(): ...\n",
        "main.py": "from m0 import f\nf()\n",
      },
    ],
    [
      "star imports",
      "unknown",
      numbered(200, (i) => [
        `m${i}.py`,
        `from m${(i + 1) % 200} import *\nfrom m${(i + 7) % 200} import *\nf()\n`,
      ]),
    ],
    [
      "star imports of everything by everything",
      "unknown",
      numbered(60, (i) => [
        `m${i}.py`,
        `${repeat(60, (j) => (i === j ? "" : `from m${j} import *\n`))}f()\n`,
      ]),
    ],
    [
      "star imports whose ways double",
      "unknown",
      {
        ...numbered(40, (i) => [
          `m${i}.py`,
          i < 39 ? `from m${i + 1} import *\nfrom n${i + 1} import *\n` : "x = 1\n",
        ]),
        ...numbered(40, (i) => [
          `n${i}.py`,
          i < 39 ? `from m${i + 1} import *\nfrom n${i + 1} import *\n` : "x = 1\n",
        ]),
        "main.py": "from m0 import *\nf()\n",
      },
    ],
    ["bases", "instance or unknown", { "a.py": "class A(B): ...\nclass B(A): ...\nA().f()\nA()\n" }],
    ["a base of itself", "unknown", { "a.py": "class A(A):\n    def g(self):\n        self.f()\nA().f()\n" }],
    [
      "300 bases",
      "unknown",
      { "a.py": repeat(300, (i) => `class C${i}(C${(i + 1) % 300}):\n    def g(self):\n        self.f()\n`) },
    ],
    [
      "aliases of themselves",
      "unknown",
      {
        "a.py": `${TYPING}X = list[X]\nY = Union[int, 'Y']\nZ = Callable[..., 'Z']\ntype W = dict[str, W] | list[W]\ndef f(x: X, y: Y, z: Z, w: W):\n    x[0][0].f()\n    z()()()\n    w['a'][0].f()\n    y.f()\n`,
      },
    ],
    [
      "type variables bound by themselves",
      "unknown",
      {
        "a.py": `${TYPING}V = TypeVar('V', bound='V')\nU = TypeVar('U', bound='list[U]')\nK = TypeVar('K', bound='L')\nL = TypeVar('L', bound='K')\nclass C(Generic[V]): ...\ndef f(x: V, y: U, z: K):\n    x.f()\n    y[0][0].f()\n    z.f()\n    C(x).f()\n`,
      },
    ],
    [
      "a decorator on itself",
      "unknown",
      {
        "a.py":
          "@deco\ndef deco(f):\n    return f\n@deco\nasync def g(): ...\ndef h():\n    deco(deco)(deco)()\n    g()\n",
      },
    ],
    [
      "two decorators on each other",
      "unknown",
      {
        "a.py":
          "@b\ndef a(f): return f\n@a\ndef b(f): return f\n@a\n@b\nasync def g(): ...\ndef h():\n    g()\n",
      },
    ],
    [
      "functions that return each other",
      "unknown",
      {
        "a.py": repeat(
          300,
          (i) =>
            `def f${i}(x):\n    if x:\n        return f${(i + 1) % 300}(x)\n    return f${(i + 3) % 300}(x - 1)\n`,
        ).concat("f0(1)\n"),
      },
    ],
    [
      "functions that take each other",
      "unknown",
      { "a.py": "def a(f, x): return f(a, a(x, f))\ndef b(f): return b(lambda: b(f))\na(a, a)\nb(b)()\n" },
    ],
    [
      "lambdas that call themselves",
      "unknown",
      {
        "a.py":
          "w = lambda x: x(x)\nw(w)\ny = lambda f: (lambda x: f(lambda: x(x)))(lambda x: f(lambda: x(x)))\ny(y)\n",
      },
    ],
    [
      "3,000 fixtures",
      "unknown",
      {
        "conftest.py": `import pytest\n${repeat(3000, (i) => `@pytest.fixture\ndef f${i}(f${(i + 1) % 3000}):\n    return f${(i + 1) % 3000}\n`)}`,
        "test_a.py": "def test_a(f0, f1):\n    f0.x()\n    f1()\n",
      },
    ],
    [
      "fixtures that ask for themselves",
      "unknown",
      {
        "conftest.py":
          "import pytest\n@pytest.fixture\ndef a(a, b): return a or b\n@pytest.fixture\ndef b(a, b): return b or a\n",
        "test_a.py":
          "import pytest\n@pytest.fixture\ndef a(a): return a\ndef test_a(a, b):\n    a.x()\n    b()\n",
      },
    ],
    [
      "500 properties",
      "unknown",
      {
        "a.py": `class A:\n${repeat(500, (i) => `    @property\n    def p${i}(self): return self.p${(i + 1) % 500}\n`)}A().p0.f()\n`,
      },
    ],
    [
      "descriptors",
      "unknown",
      {
        "a.py":
          "class D:\n    def __get__(self, o, t): return o.d\nclass A:\n    d = D()\n    e = D()\nA().d.f()\nA().e()\n",
      },
    ],
    [
      "`__getattr__` of 300 classes",
      "unknown",
      {
        "a.py": `${repeat(300, (i) => `class C${i}:\n    def __getattr__(self, name) -> 'C${(i + 1) % 300}': ...\n`)}C0()${".a".repeat(1000)}.f()\n`,
      },
    ],
    [
      "`__getattr__` through itself",
      "unknown",
      {
        "a.py": "class A:\n    def __getattr__(self, name): return getattr(self.x.y, name)\nA().a.b.c.f()\n",
      },
    ],
  ]);

  test("every one of 20 functions that return each other, asked for once, costs its share of one budget", () => {
    const text = repeat(
      20,
      (i) =>
        `def f${i}(x):\n    f${(i + 2) % 20}(x)\n    if x:\n        return f${(i + 1) % 20}(x)\n    return f${(i + 3) % 20}(x - 1)\n`,
    );
    const { steps } = evaluateAll({ "a.py": text });
    expect(steps).toBeLessThan(60_000);
  });
});
