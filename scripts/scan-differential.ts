import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeSource } from "../src/python/decode-source.ts";
import { createPythonParser, ParseTimeout } from "../src/python/parse.ts";
import { scanSource } from "../src/python/scan-source.ts";
import { scanTree } from "../src/python/scan-tree.ts";
import { differences } from "../test/python/scan-differences.ts";

// Usage: npm run scan:differential -- DIR... Compares the scanner with the parser on every Python file below.
const parser = await createPythonParser(() => performance.now());
const total = {
  files: 0,
  bytes: 0,
  refused: 0,
  broken: 0,
  fallbacks: 0,
  compared: 0,
  definitions: 0,
  imports: 0,
};
const different: string[] = [];

function* pythonFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* pythonFiles(path);
    else if (/\.pyi?$/.test(entry.name) && lstatSync(path).isFile()) yield path;
  }
}

for (const folder of process.argv.slice(2)) {
  for (const path of pythonFiles(folder)) {
    const bytes = readFileSync(path);
    total.files += 1;
    total.bytes += bytes.length;
    const source = decodeSource(bytes);
    if (!source.ok) {
      total.refused += 1;
      continue;
    }
    const scan = scanSource(bytes);
    try {
      const tree = parser.parse(source.text);
      if (tree.errors.length > 0) {
        total.broken += 1;
        continue;
      }
      if (scan === null) {
        total.fallbacks += 1;
        process.stdout.write(`gives up: ${path}\n`);
        continue;
      }
      total.compared += 1;
      total.definitions += scan.definitions.length;
      total.imports += scan.imports.length;
      const found = differences(scan, scanTree(tree), source.text);
      if (found.length === 0) continue;
      different.push(path);
      process.stdout.write(`${path}\n  ${found.slice(0, 3).join("\n  ")}\n`);
    } catch (error) {
      if (!(error instanceof ParseTimeout)) throw error;
      total.refused += 1;
    }
  }
}

process.stdout.write(
  `${total.files} files (${(total.bytes / 1e6).toFixed(1)} MB): ${total.compared} compared with ` +
    `${total.definitions} definitions and ${total.imports} imports, ${different.length} differ; ` +
    `left out: ${total.refused} not UTF-8 or too large, ${total.broken} with syntax errors, ` +
    `${total.fallbacks} on which the scanner gives up\n`,
);
process.exitCode = different.length === 0 ? 0 : 1;
