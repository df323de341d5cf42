import type { Rule } from "../../src/rules/rule.ts";
import { levelCell } from "./level.ts";
import { repairsOf } from "./repairs.ts";

/** Headings of the index by the first digit of the code. */
const FAMILIES: Readonly<Record<string, string>> = {
  1: "Consumption",
  2: "Tasks and event loop",
  3: "Blocking calls",
  4: "Cancellation and timeouts",
  5: "Generators and context managers",
  6: "Style",
};

/** The index of all rules, a table a family. */
export function indexPage(rules: readonly Rule[], pageOf: (rule: Rule) => string): string {
  const families = new Map<string, Rule[]>();
  for (const rule of rules) {
    const title = FAMILIES[rule.code.charAt(2)] ?? "Others";
    families.set(title, [...(families.get(title) ?? []), rule]);
  }
  const tables = [...families].map(([title, members]) => {
    const rows = members.map((rule) => {
      const link = `[${rule.name}](${rule.name}.md)`;
      const repairs = repairsOf(pageOf(rule)).join(", ");
      return `| ${rule.code} | ${link} | ${rule.summary} | ${levelCell(rule)} | ${repairs === "" ? "text only" : repairs} |\n`;
    });
    const head = "| Code | Rule | What it finds | Level | Repair |\n| --- | --- | --- | --- | --- |\n";
    return `## ${title}\n\n${head}${rows.join("")}`;
  });
  return `${INTRODUCTION}\n${tables.join("\n")}`;
}

const INTRODUCTION = `# Rules

A repair of *one click* is the only sensible one; one *to be checked* changes timing, types or memory as well, and the
comment says what. [Coming from another tool](../coming-from.md) maps the rules of ruff, flake8-async, pylint, mypy and
pyright to these.
`;
