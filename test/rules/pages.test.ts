import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { RULES } from "../../src/rules/index.ts";
import { checkText } from "./check-text.ts";

const analyser = await createAnalyser();
const docs = new URL("../../docs/rules/", import.meta.url);
const SECTIONS = [
  "What it does",
  "Why it matters",
  "Wrong",
  "Right",
  "Repair",
  "When it stays silent",
  "Related rules of other tools",
];

function section(page: string, title: string): string {
  return page.split(`\n## ${title}\n`)[1]?.split("\n## ")[0]?.trim() ?? "";
}

function example(page: string, title: string): string {
  return /^```python\n([\s\S]*)\n```$/.exec(section(page, title))?.[1] ?? "";
}

describe.each(RULES)("$code $name", ({ name, code, summary }) => {
  const page = readFileSync(new URL(`${name}.md`, docs), "utf8");

  test("has its implementation, page and fixtures under one name", () => {
    expect(existsSync(new URL(`../../src/rules/${name}.ts`, import.meta.url))).toBe(true);
    expect(existsSync(new URL(`../../fixtures/rules/${name}/defective.py`, import.meta.url))).toBe(true);
  });

  test("has a page with the fixed sections and the rule's own summary", () => {
    expect(page.startsWith(`# ${name} (${code})\n\n${summary}\n`)).toBe(true);
    expect([...page.matchAll(/^## (.*)$/gm)].map((match) => match[1])).toEqual(SECTIONS);
    for (const title of SECTIONS) expect(section(page, title), title).not.toBe("");
  });

  test("reports the wrong example, and only as this rule", () => {
    const found = checkText(analyser, `${example(page, "Wrong")}\n`).diagnostics.map((one) => one.code);
    expect(found).toEqual([code]);
  });

  test("has nothing to say about the right example", () => {
    expect(example(page, "Right")).not.toBe("");
    expect(checkText(analyser, `${example(page, "Right")}\n`).diagnostics).toEqual([]);
  });
});

test("the index lists every rule with its summary", () => {
  const index = readFileSync(new URL("README.md", docs), "utf8");
  for (const { name, code, summary } of RULES)
    expect(index).toContain(`| ${code} | [${name}](${name}.md) | ${summary} |`);
});
