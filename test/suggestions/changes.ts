import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { RULES } from "../../src/rules/index.ts";
import { DEFAULT_RULES } from "../../src/rules/run-rules.ts";
import { type Fixture, readFixtures } from "../rules/fixtures.ts";
import type { Change } from "./open-reviewer.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** A pull request for every fixture, which adds all of its files. */
export function fixtureChanges(): Change[] {
  return readFixtures().map((fixture) => ({
    name: fixture.name,
    base: new Map(),
    head: fixture.files,
    rules: rulesOf(fixture),
  }));
}

/** For every fixture with repairs, one that brings the mistakes into files that were right before. */
export function relapses(): Change[] {
  return readFixtures()
    .filter(({ fixed }) => fixed.size > 0)
    .map((fixture) => ({
      name: fixture.name,
      base: new Map([...fixture.files, ...fixture.fixed]),
      head: fixture.files,
      rules: rulesOf(fixture),
    }));
}

/** One that adds all notebooks of the fixtures. */
export function notebookChange(): Change {
  const head = readFolder("fixtures/notebooks/");
  return { name: "notebooks", base: new Map(), head, rules: [...DEFAULT_RULES] };
}

/** The pull request of the demo. */
export function demoChange(): Change {
  const base = readFolder("demo/service/main/");
  const head = new Map([...base, ...readFolder("demo/service/change/")]);
  return { name: "demo", base, head, rules: [...DEFAULT_RULES] };
}

/** The rules that are on by default, and the one whose folder it is. */
function rulesOf({ name }: Fixture): string[] {
  const own = RULES.filter((rule) => name.startsWith(`${rule.name}/`)).map(({ code }) => code);
  return [...DEFAULT_RULES, ...own];
}

function readFolder(folder: string): Map<string, string> {
  const paths = readdirSync(ROOT + folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(py|ipynb)$/.test(path))
    .sort();
  return new Map(paths.map((path) => [path, readFileSync(ROOT + folder + path, "utf8")]));
}
