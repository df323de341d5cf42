import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { extractFacts } from "../../src/python/extract-facts.ts";
import { createPythonParser } from "../../src/python/parse.ts";

const parser = await createPythonParser(() => performance.now());
const FIXTURES = fileURLToPath(new URL("../../fixtures/", import.meta.url));

test("a call has the scope and the block that the facts give its use", () => {
  let compared = 0;
  for (const path of readdirSync(FIXTURES, { recursive: true, encoding: "utf8" })) {
    if (!path.endsWith(".py")) continue;
    const tree = parser.parse(readFileSync(FIXTURES + path, "utf8"));
    const calls = new Map(extractFacts(tree).calls.map((call) => [`${call.start}-${call.end}`, call]));
    for (const { expression, start, end, scope, block } of extractFacts(tree).uses) {
      if (expression.kind !== "call") continue;
      expect(calls.get(`${start}-${end}`), path).toMatchObject({ expression, scope, block });
      compared += 1;
    }
  }
  expect(compared).toBeGreaterThan(500);
});

test("every call is listed once, outer ones first", () => {
  const text = "f(g(1)).h += x[i(2)]\nfor a in b(): c()\ndel d().e\n";
  const calls = extractFacts(parser.parse(text)).calls;
  expect(calls.map(({ start, end }) => text.slice(start, end))).toEqual([
    "f(g(1))",
    "g(1)",
    "i(2)",
    "b()",
    "c()",
    "d()",
  ]);
});
