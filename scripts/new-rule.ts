import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { readCommand } from "./new-rule/read-command.ts";
import { registerRule } from "./new-rule/register-rule.ts";
import { filesOf } from "./new-rule/templates.ts";

// `npm run new-rule NAME -- --code YS123`: makes the files of a rule and registers it.
const root = fileURLToPath(new URL("../", import.meta.url));
const index = `${root}src/rules/index.ts`;

function codeOf(name: string): string {
  return /^ {2}code: "(YS\d+)",$/m.exec(readFileSync(`${root}src/rules/${name}.ts`, "utf8"))?.[1] ?? "";
}

function main(): void {
  const sources = readdirSync(`${root}src/rules`).map((file) => file.replace(/\.ts$/, ""));
  const rule = readCommand(process.argv.slice(2), {
    names: [...sources, ...readdirSync(`${root}fixtures/rules`)],
    codes: sources.map(codeOf).filter((code) => code !== ""),
  });
  const files = filesOf(rule);
  const taken = [...files.keys()].filter((path) => existsSync(root + path));
  if (taken.length > 0) throw new Error(`${taken.join(", ")} exists already`);
  const registered = registerRule(readFileSync(index, "utf8"), rule, codeOf);
  for (const [path, text] of files) {
    mkdirSync(dirname(root + path), { recursive: true });
    writeFileSync(root + path, text);
  }
  writeFileSync(index, registered);
  process.stdout.write(`${[...files.keys(), "src/rules/index.ts"].map((path) => `${path}\n`).join("")}
Write what the TODOs ask for, and a row for ${rule.code} in docs/coming-from.md. Then:
  npm run docs                 head of the page, output of its example, index
  npx vitest run test/rules    stores what the defective fixture prints; read it before you commit it
`);
}

try {
  main();
} catch (error) {
  process.stderr.write(`new-rule: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
