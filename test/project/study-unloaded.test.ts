import { beforeAll, expect, test } from "vitest";
import type { Analyser } from "../../src/analysis/analyser.ts";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";

// What stands in files that nobody imports counts too, where the whole repository is at hand.

const BASE = "class Base:\n    async def f(self):\n        return 1\n";
const USER = "from app.base import Base\n\n\nasync def use(x: Base):\n    x.f()\n";

let analyser: Analyser;
beforeAll(async () => {
  analyser = await createAnalyser();
});

/** The codes that checking `main.py` alone gives. */
function codes(files: Readonly<Record<string, string>>): string[] {
  const tree = {
    paths: Object.keys(files),
    isAtHand: true,
    read(path: string) {
      const text = files[path];
      return text === undefined ? undefined : { id: `${path}:${text}`, bytes: Buffer.from(text) };
    },
  };
  return analyser
    .check(tree, ["main.py"])
    .reports.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code));
}

const child = (imports: string, base: string, method: string): string =>
  `${imports}\n\n\nclass Child(${base}):\n    ${method}\n        return 1\n`;

test.each([
  ["no subclass", {}],
  [
    "a subclass that overrides in kind",
    { "app/child.py": child("from app.base import Base", "Base", "async def f(self):") },
  ],
  [
    "a subclass of another class of this name",
    { "app/child.py": child("from lib import Base", "Base", "def other(self):") },
  ],
])("reported with %s", (_, files) => {
  expect(codes({ "app/__init__.py": "", "app/base.py": BASE, "main.py": USER, ...files })).toEqual(["YS106"]);
});

test.each([
  ["another kind", { "app/child.py": child("from app.base import Base", "Base", "def f(self):") }],
  [
    "another kind under a module's name",
    { "app/child.py": child("import app.base", "app.base.Base", "def f(self):") },
  ],
  [
    "another kind under an alias",
    { "app/child.py": child("from app.base import Base as B", "B", "def f(self):") },
  ],
  [
    "another kind in a grandchild",
    {
      "app/child.py": "from app.base import Base\n\n\nclass Child(Base):\n    pass\n",
      "app/grand.py": child("from app.child import Child as Base2", "Base2", "def f(self):").replace(
        "class Child(",
        "class Grand(",
      ),
    },
  ],
  [
    "a decorator that is not known",
    {
      "app/child.py": child(
        "from app.base import Base\nfrom lib import wrap",
        "Base",
        "@wrap\n    async def f(self):",
      ),
    },
  ],
])("silent with %s", (_, files) => {
  expect(codes({ "app/__init__.py": "", "app/base.py": BASE, "main.py": USER, ...files })).toEqual([]);
});

test.each([
  ["`if False and`", "    if False and x:\n        load()\n", []],
  ["`if x and`", "    if x and y:\n        load()\n", ["YS106"]],
])("a call under %s", (_, body, expected) => {
  const head =
    "from typing import TYPE_CHECKING\n\n\nasync def load():\n    return 1\n\n\nasync def f(x, y):\n";
  expect(codes({ "main.py": head + body })).toEqual(expected);
});

test.fails("silent with another kind under an assigned alias", () => {
  const override = child("from app.base import Base\nB = Base", "B", "def f(self):");
  expect(
    codes({ "app/__init__.py": "", "app/base.py": BASE, "main.py": USER, "app/child.py": override }),
  ).toEqual([]);
});

test("a call under `if TYPE_CHECKING` never happens", () => {
  const text =
    "from typing import TYPE_CHECKING\n\n\nasync def load():\n    return 1\n\n\nasync def f():\n    if TYPE_CHECKING:\n        load()\n";
  expect(codes({ "main.py": text })).toEqual([]);
});
