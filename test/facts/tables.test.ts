import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { splitBundle } from "../../src/facts/bundle.ts";
import { openLibraryFacts } from "../../src/facts/library-facts.ts";
import { STANDARD_LIBRARY } from "../../src/project/standard-library.ts";
import { createPythonParser } from "../../src/python/parse.ts";

const FACTS = new URL("../../src/facts/", import.meta.url);
const TABLES = readdirSync(new URL("tables/", FACTS)).filter((name) => name.endsWith(".pyi.txt"));
const parser = await createPythonParser(() => performance.now());
const library = openLibraryFacts();

function readTable(name: string): string {
  return readFileSync(new URL(`tables/${name}`, FACTS), "utf8");
}

test("every table parses", { timeout: 60_000 }, () => {
  for (const name of TABLES)
    for (const { path, text } of splitBundle(readTable(name)))
      expect(parser.parse(text).errors, path).toEqual([]);
});

test("the index lists exactly the modules of the tables", () => {
  const paths = TABLES.flatMap((name) => splitBundle(readTable(name)).map(({ path }) => path));
  expect([...library.paths].sort()).toEqual(paths.sort());
  expect(new Set(paths).size).toBe(paths.length);
  expect(Buffer.from(library.read("asyncio/tasks.pyi")).toString()).toContain("async def wait_for(");
  expect(() => library.read("asyncio/nothing.pyi")).toThrow("asyncio/nothing.pyi");
});

test("every package has its provenance", () => {
  const origins: { modules: string[]; licence: string; version: string }[] = JSON.parse(
    readFileSync(new URL("provenance.json", FACTS), "utf8"),
  );
  const named = new Set(origins.flatMap(({ modules }) => modules));
  const newer = new Set(["annotationlib", "compression", "typing_extensions"]);
  const tops = TABLES.map((name) => name.replace(/\.pyi\.txt$/, ""));
  const without = tops.filter(
    (top) => !named.has(top) && !STANDARD_LIBRARY.has(top) && !top.startsWith("_") && !newer.has(top),
  );
  expect(without).toEqual([]);
  for (const { licence, version } of origins) expect(`${licence}${version}`).not.toBe("");
});

test("all tables together stay below 0.8 MB", () => {
  const sizes = TABLES.map((name) => gzipSync(readTable(name), { level: 9 }).length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  console.log(`${TABLES.length} tables, ${(total / 1000).toFixed(0)} kB gzip`);
  expect(total).toBeLessThan(800_000);
});
