import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { decodeSource } from "../../src/python/decode-source.ts";
import { createPythonParser } from "../../src/python/parse.ts";
import { scanSource } from "../../src/python/scan-source.ts";
import { scanTree } from "../../src/python/scan-tree.ts";
import { differences } from "./scan-differences.ts";

// A sample of what happens to be on the machine; `npm run scan:differential -- DIR...` compares everything.
const FOLDERS = [
  "fixtures",
  "node_modules",
  "/usr/lib/node_modules",
  "/usr/lib/python3",
  "/usr/lib/python3.11",
  "/usr/lib/python3.12",
  "/usr/lib/python3.13",
  "/usr/share",
];
const MAX_FILES = 500;

function pythonFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".py"))
    .map((path) => join(folder, path))
    .filter((path) => existsSync(path) && statSync(path).isFile());
}

test("the scanner says what the parser says about the files on this machine", async () => {
  const parser = await createPythonParser(() => performance.now());
  const files = FOLDERS.flatMap(pythonFiles).sort();
  const step = Math.max(1, Math.ceil(files.length / MAX_FILES));
  const different: string[] = [];
  let compared = 0;
  let givenUp = 0;
  for (let at = 0; at < files.length; at += step) {
    const path = files[at] ?? "";
    const bytes = readFileSync(path);
    const source = decodeSource(bytes);
    if (!source.ok) continue;
    const tree = parser.parse(source.text);
    if (tree.errors.length > 0) continue;
    compared += 1;
    const scan = scanSource(bytes);
    if (scan === null) givenUp += 1;
    else for (const one of differences(scan, scanTree(tree), source.text)) different.push(`${path}: ${one}`);
  }
  expect(different).toEqual([]);
  // It gives up on one ordinary file in a thousand; a guard that trips often would make it useless.
  expect(givenUp).toBeLessThanOrEqual(1 + compared / 50);
});
