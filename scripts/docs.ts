import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createAnalyser } from "../src/analysis/create-analyser.ts";
import { jsonSchema } from "../src/configuration/schema.ts";
import { RULES } from "../src/rules/index.ts";
import { indexPage } from "./docs/index-page.ts";
import { refreshPage } from "./docs/refresh-page.ts";

// `npm run docs`: brings the generated parts of docs/rules/ and schema.json up to date.
const folder = new URL("../docs/rules/", import.meta.url);
const analyser = await createAnalyser();
const pages = new Map<string, string>();
for (const rule of RULES) {
  const file = new URL(`${rule.name}.md`, folder);
  if (!existsSync(file)) {
    process.stderr.write(`docs/rules/${rule.name}.md is missing\n`);
    process.exitCode = 1;
    continue;
  }
  const page = refreshPage(analyser, rule, readFileSync(file, "utf8"));
  writeFileSync(file, page);
  pages.set(rule.name, page);
}
writeFileSync(
  new URL("README.md", folder),
  indexPage(RULES, ({ name }) => pages.get(name) ?? ""),
);
writeFileSync(new URL("../schema.json", import.meta.url), `${JSON.stringify(jsonSchema(), null, 2)}\n`);
