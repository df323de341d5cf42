import { readFileSync, writeFileSync } from "node:fs";
import { behaviourTable } from "./behaviour/behaviour-table.ts";
import { replacePart } from "./behaviour/replace-part.ts";
import { runScenario } from "./behaviour/run-scenario.ts";
import type { Outcome } from "./behaviour/scenario.ts";
import { SCENARIOS } from "./behaviour/scenarios/index.ts";
import { suggestionTable } from "./behaviour/suggestion-table.ts";

// `npm run behaviour [-- WORD]`: plays the scenarios, those with this word in their name or all of them; all of them
// bring the tables of docs/github-behaviour.md up to date, if each comes out as it claims.
const file = new URL("../docs/github-behaviour.md", import.meta.url);
const counts = new URL("../test/suggestions/every-suggestion.json", import.meta.url);
const word = process.argv[2] ?? "";
const outcomes: Outcome[] = [];
const failures: string[] = [];
for (const scenario of SCENARIOS.filter(({ name }) => name.includes(word))) {
  process.stderr.write(`${scenario.name} …\n`);
  try {
    outcomes.push(await runScenario(scenario));
  } catch (error) {
    failures.push(error instanceof Error ? error.message : String(error));
  }
}
if (failures.length > 0) {
  process.stderr.write(`\n${failures.join("\n\n")}\n`);
  process.exitCode = 1;
} else if (word === "") {
  let page = readFileSync(file, "utf8");
  page = replacePart(page, "scenarios", behaviourTable(outcomes));
  page = replacePart(page, "suggestions", suggestionTable(JSON.parse(readFileSync(counts, "utf8"))));
  writeFileSync(file, page);
} else process.stdout.write(`${behaviourTable(outcomes)}\n`);
