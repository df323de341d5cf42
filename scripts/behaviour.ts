import { readFileSync, writeFileSync } from "node:fs";
import { behaviourTable } from "./behaviour/behaviour-table.ts";
import { replacePart } from "./behaviour/replace-part.ts";
import { runScenario } from "./behaviour/run-scenario.ts";
import type { Outcome } from "./behaviour/scenario.ts";
import { SCENARIOS } from "./behaviour/scenarios.ts";
import { suggestionTable } from "./behaviour/suggestion-table.ts";

// `npm run behaviour`: plays the scenarios and brings the tables of docs/github-behaviour.md up to date.
const file = new URL("../docs/github-behaviour.md", import.meta.url);
const counts = new URL("../test/suggestions/every-suggestion.json", import.meta.url);
const outcomes: Outcome[] = [];
for (const scenario of SCENARIOS) {
  process.stderr.write(`${scenario.name} …\n`);
  outcomes.push(await runScenario(scenario));
}
let page = readFileSync(file, "utf8");
page = replacePart(page, "scenarios", behaviourTable(outcomes));
page = replacePart(page, "suggestions", suggestionTable(JSON.parse(readFileSync(counts, "utf8"))));
writeFileSync(file, page);
