import { expect, test } from "vitest";
import { importedFolders } from "../../src/app/imported-folders.ts";

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

test.each([
  ["dots", `from ${".".repeat(1_000_000)}`],
  ["spaces", `from${" ".repeat(1_000_000)}x`],
  ["names", `import ${"a,".repeat(500_000)}`],
  ["many imports", Array.from({ length: 50_000 }, (_, index) => `import m${index}\n`).join("")],
  ["empty lines", "\n \t".repeat(300_000)],
])("a megabyte of %s is read in linear time (a quadratic pattern would not end)", (_, text) => {
  expect(folders(text).length).toBeLessThanOrEqual(603);
});
