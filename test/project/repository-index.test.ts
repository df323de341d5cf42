import { describe, expect, test } from "vitest";
import { createRepositoryIndex } from "../../src/project/repository-index.ts";
import { createScanCache } from "../../src/project/scan-cache.ts";
import { createPythonParser, ParseTimeout } from "../../src/python/parse.ts";

const parser = await createPythonParser(() => performance.now());
const noParser = {
  ...parser,
  parse: () => {
    throw new Error("parsed");
  },
};
const files = (texts: Readonly<Record<string, string>>) =>
  Object.entries(texts).map(([path, text]) => ({ path, bytes: Buffer.from(text) }));

const REPOSITORY = {
  "base.py": "class Repo:\n    async def load(self): ...\n    def close(self): ...\n",
  "sql.py":
    "import base\nclass SqlRepo(base.Repo):\n    async def load(self):\n        def load(): ...\n    x = 1\n",
  "alias.py": "from base import Repo as R\nclass Other(R): pass\ndef load(): ...\n",
  "use.py": "from sql import SqlRepo\nSqlRepo().load()\n",
};

describe("a repository's index", () => {
  const index = createRepositoryIndex(files(REPOSITORY), noParser);

  test("knows definitions by name", () => {
    expect(index.definitionsNamed("load")).toEqual([
      { path: "base.py", index: 1 },
      { path: "sql.py", index: 1 },
      { path: "sql.py", index: 2 },
      { path: "alias.py", index: 1 },
    ]);
    expect(index.definitionsNamed("absent")).toEqual([]);
    expect(index.scanOf("base.py")?.definitions[1]).toMatchObject({ name: "load", isAsync: true, parent: 0 });
  });

  test("knows candidates for subclasses, through `as` too, with their methods", () => {
    expect(index.subclassCandidates("Repo")).toEqual([
      { path: "sql.py", index: 0, methods: ["load"] },
      { path: "alias.py", index: 0, methods: [] },
    ]);
  });

  test("knows which files mention a name", () => {
    expect(index.filesMentioning("Repo")).toEqual(["base.py", "sql.py", "alias.py"]);
    expect(index.filesMentioning("SqlRepo")).toEqual(["sql.py", "use.py"]);
    expect(index.filesMentioning("absent")).toEqual([]);
  });
});

test("files are replaced and removed", () => {
  const index = createRepositoryIndex(files(REPOSITORY), noParser);
  index.add("sql.py", null, Buffer.from("def load(): ...\n"));
  index.remove("alias.py");
  expect(index.definitionsNamed("load")).toEqual([
    { path: "base.py", index: 1 },
    { path: "sql.py", index: 0 },
  ]);
  expect(index.definitionsNamed("SqlRepo")).toEqual([]);
  expect(index.subclassCandidates("Repo")).toEqual([]);
  expect(index.filesMentioning("SqlRepo")).toEqual(["use.py"]);
  expect(index.scanOf("alias.py")).toBeUndefined();
});

test("what the scanner leaves is parsed, what is not Python is held as unreadable", () => {
  const index = createRepositoryIndex(
    files({ "lambda.py": "def f():\n    x = lambda: (yield)\n", "nul.py": "def g(): ...\0" }),
    parser,
  );
  expect(index.definitionsNamed("f")).toEqual([{ path: "lambda.py", index: 0 }]);
  expect(index.scanOf("nul.py")).toBeNull();
  const slow = createRepositoryIndex(files({ "a.py": "x = (\n" }), {
    ...parser,
    parse: () => {
      throw new ParseTimeout("slow");
    },
  });
  expect(slow.scanOf("a.py")).toBeNull();
  expect(() => createRepositoryIndex(files({ "a.py": "x = (\n" }), noParser)).toThrow("parsed");
});

test("known content is not scanned again, in another index neither", () => {
  const cache = createScanCache();
  const base = createRepositoryIndex(
    [{ path: "a.py", id: "1", bytes: Buffer.from("def f(): ...\n") }],
    noParser,
    cache,
  );
  const head = createRepositoryIndex([], noParser, cache);
  expect(head.addKnown("b.py", "1")).toBe(true);
  expect(head.addKnown("b.py", "2")).toBe(false);
  expect(head.scanOf("b.py")).toBe(base.scanOf("a.py"));
  head.add("c.py", "1", Buffer.from("is not read"));
  expect(head.definitionsNamed("f").map(({ path }) => path)).toEqual(["b.py", "c.py"]);
});

test("the cache forgets what was not used for longest", () => {
  const cache = createScanCache(1_000);
  const index = createRepositoryIndex([], noParser, cache);
  const add = (id: string): void => index.add(`${id}.py`, id, Buffer.from("x = 1\n"));
  add("a");
  const one = cache.weight;
  expect(one).toBeGreaterThan(0);
  const room = Math.floor(1_000 / one);
  for (let at = 1; at < room; at++) add(`${at}`);
  expect(cache.get("a")).toBeDefined();
  for (let at = 0; at < room - 1; at++) add(`later${at}`);
  expect(cache.get("a")).toBeDefined();
  expect(cache.get("1")).toBeUndefined();
  expect(cache.weight).toBeLessThanOrEqual(1_000);
});
