import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AttributesFile, generatedPaths } from "../../src/configuration/generated-paths.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "yieldsign-attributes-"));
  execFileSync("git", ["init", "-q", folder]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What git itself says of paths, with linguist's reading of the values. */
function gitSays(files: readonly AttributesFile[], paths: readonly string[]): boolean[] {
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const output = execFileSync(
    "git",
    ["check-attr", "-z", "--stdin", "linguist-generated", "linguist-vendored"],
    { cwd: folder, input: paths.map((path) => `${path}\0`).join(""), stdio: ["pipe", "pipe", "ignore"] },
  );
  for (const { path } of files) rmSync(join(folder, path));
  const fields = output.toString("utf8").split("\0");
  const marked = new Set<string>();
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [path = "", , value = ""] = fields.slice(at, at + 3);
    if (value !== "unspecified" && value !== "unset" && value !== "false") marked.add(path);
  }
  return paths.map((path) => marked.has(path));
}

const PATHS = ["a.py", "b.py", "ab.py", "a/b.py", "a/a.py", "a/b/a.py", "a/b/ab.py", "b/a/b", "-.py", "]a"];

const PIECES = [
  "a",
  "b",
  ".py",
  "*",
  "**",
  "?",
  "/",
  "[ab]",
  "[!a]",
  "[a-b]",
  "[[:alpha:]]",
  "[]-]",
  "\\",
  "[",
];
const pattern = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 7 })
  .map((one) => one.join(""));
const attribute = fc.constantFrom(
  "linguist-generated",
  "-linguist-generated",
  "!linguist-generated",
  "linguist-generated=true",
  "linguist-generated=false",
  "linguist-vendored",
  "-linguist-vendored",
  "ours",
  "-ours",
  "text=auto",
);
const line = fc
  .tuple(fc.constantFrom("", "", "", "!", "#", " "), pattern, fc.array(attribute, { maxLength: 3 }))
  .map(([before, glob, attributes]) => `${before}${glob} ${attributes.join(" ")}`);
const quoted = pattern.map((glob) => `"${glob.replaceAll("\\", "\\\\")}"\tlinguist-generated`);
const macro = fc.constantFrom(
  "[attr]ours linguist-generated -linguist-vendored",
  "[attr]ours linguist-vendored=1",
);
const text = fc
  .array(fc.oneof({ weight: 6, arbitrary: line }, quoted, macro), { maxLength: 6 })
  .map((lines) => lines.map((one) => `${one}\n`).join(""));

test("patterns mean what they mean to git", () => {
  fc.assert(
    fc.property(text, text, text, (root, inA, inB) => {
      const files = [
        { path: ".gitattributes", text: root },
        { path: "a/.gitattributes", text: inA },
        { path: "a/b/.gitattributes", text: inB },
      ];
      expect(PATHS.map(generatedPaths(files))).toEqual(gitSays(files, PATHS));
    }),
    { numRuns: 300 },
  );
}, 60_000);

test.each([
  ["**/a.py linguist-generated", "a/b/a.py", true],
  ["/a/** linguist-vendored", "a/b/ab.py", true],
  ["a/ linguist-generated", "a/b.py", false],
  ['"a b.py" linguist-generated', "a b.py", true],
  ['"\\303\\244.py" linguist-generated', "ä.py", true],
  ["*.py linguist-generated\na.py -linguist-generated", "a.py", false],
  ["*.py linguist-generated\r\n", "x/y.py", true],
  ["\uFEFF*.py linguist-generated", "x/y.py", true],
])("%j for %s", (root, path, isMarked) => {
  const files = [{ path: ".gitattributes", text: root }];
  expect(generatedPaths(files)(path)).toBe(isMarked);
  expect(gitSays(files, [path])).toEqual([isMarked]);
});
