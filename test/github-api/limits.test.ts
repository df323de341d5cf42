import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const FILES = ["../../src/github/limits.ts", "../../src/review/platform-limits.ts"];

test.each(FILES)("every limit in %s says what happens beyond it, with GitHub's page", (file) => {
  const text = readFileSync(new URL(file, import.meta.url), "utf8");
  const constants = [...text.matchAll(/^export const (\w+)/gm)].map(([, name]) => name);
  const documented = [
    ...text.matchAll(
      /^\/\*\* [^\n]+[;,:] [^\n]+ https:\/\/docs\.github\.com\/\S+ \*\/\nexport const (\w+) = /gm,
    ),
  ].map(([, name]) => name);
  expect(constants.length).toBeGreaterThan(3);
  expect(documented).toEqual(constants);
});
