import { expect, test } from "vitest";
import { importedFolders, importedPaths } from "../../src/app/imports.ts";

const folders = (text: string, path = "lib/pkg/sub/mod.py", root = "lib"): string[] =>
  importedFolders(path, root, Buffer.from(text));

test("absolute imports lead beside the package, to the root and to src", () => {
  expect(folders("import a.b, c as d\n")).toEqual(["lib/a", "a", "src/a", "lib/c", "c", "src/c"]);
  expect(folders("    from x.y import z\n", "one.py", "")).toEqual(["x", "src/x"]);
});

test("relative imports lead to the folder their dots mean, never above the repository", () => {
  expect(folders("from . import a\nfrom .b import c\nfrom ..d.e import f\n")).toEqual([
    "lib/pkg/sub",
    "lib/pkg/sub/b",
    "lib/pkg/d",
  ]);
  expect(folders("from .......x import y\n")).toEqual(["x"]);
  expect(folders("from ... import y\n", "one.py", "")).toEqual([]);
});

test("the paths of what is imported: the module and, for each name, a submodule", () => {
  const text = "from ..d import (\n    e as x,  # why\n    f,\n)\n";
  expect(importedPaths("lib/pkg/sub/mod.py", "lib", Buffer.from(text))).toEqual(
    ["lib/pkg/d", "lib/pkg/d/e", "lib/pkg/d/f"].flatMap((place) => [`${place}.py`, `${place}/__init__.py`]),
  );
});

test.each([
  ["dots", `from ${".".repeat(1_000_000)}`],
  ["spaces before the names", `from x import ${" ".repeat(1_000_000)}`],
  ["open brackets", "from x import (a,\n".repeat(60_000)],
  ["spaces", `from${" ".repeat(1_000_000)}x`],
  ["names", `import ${"a,".repeat(500_000)}`],
  ["many imports", Array.from({ length: 50_000 }, (_, index) => `import m${index}\n`).join("")],
  ["empty lines", "\n \t".repeat(300_000)],
])("a megabyte of %s is read in linear time (a quadratic pattern would not end)", (_, text) => {
  expect(folders(text).length).toBeLessThanOrEqual(900);
});

test("the lines of a notebook import as those of a module do", () => {
  const json = JSON.stringify(
    { cells: [{ source: ["import a.b\n", "from shop.repo import rows, save\n"] }] },
    null,
    1,
  );
  expect(importedPaths("work/a.ipynb", "work", Buffer.from(json))).toEqual(
    expect.arrayContaining(["a/b.py", "shop/repo.py", "shop/repo/rows.py", "work/shop/repo.py"]),
  );
});
