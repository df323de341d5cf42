import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkExample } from "../../scripts/docs/check-example.ts";
import { indexPage } from "../../scripts/docs/index-page.ts";
import { levelLine } from "../../scripts/docs/level.ts";
import { refreshPage } from "../../scripts/docs/refresh-page.ts";
import { gradesOf } from "../../scripts/docs/repairs.ts";
import { examplesOf, SECTIONS, sectionOf, titlesOf } from "../../scripts/docs/sections.ts";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { RULES } from "../../src/rules/index.ts";
import { expectations, readFixtures } from "./fixtures.ts";

const analyser = await createAnalyser();
const docs = new URL("../../docs/rules/", import.meta.url);
const STALE = "this part of the page is generated: `npm run docs`";
const found = readFixtures().flatMap(({ files }) => [...files.values()].flatMap(expectations));

function pageOf({ name }: { readonly name: string }): string {
  const file = new URL(`${name}.md`, docs);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

describe.each(RULES)("$code $name", (rule) => {
  const { name, code, summary } = rule;
  const page = pageOf(rule);

  test("has its implementation, page and fixtures under one name", () => {
    expect(existsSync(new URL(`${name}.md`, docs)), `docs/rules/${name}.md`).toBe(true);
    expect(existsSync(new URL(`../../src/rules/${name}.ts`, import.meta.url))).toBe(true);
    expect(existsSync(new URL(`../../fixtures/rules/${name}/defective.py`, import.meta.url))).toBe(true);
  });

  test("has a page with the fixed sections, its level and the rule's own summary", () => {
    expect(page.startsWith(`# ${name} (${code})\n\n${levelLine(rule)}\n\n${summary}\n`), STALE).toBe(true);
    expect(titlesOf(page)).toEqual(SECTIONS);
    for (const title of SECTIONS) expect(sectionOf(page, title), title).not.toBe("");
  });

  test("has been written: nothing of the template is left", () => {
    expect(summary, `the summary in src/rules/${name}.ts is to be written`).not.toContain("TODO");
    for (const title of SECTIONS)
      expect(sectionOf(page, title), `docs/rules/${name}.md: “${title}” is to be written`).not.toContain(
        "TODO",
      );
  });

  test("reports each wrong example once, and only as this rule", () => {
    const examples = examplesOf(page, "Wrong");
    expect(examples.length, "code in “Wrong”").toBeGreaterThan(0);
    for (const example of examples)
      expect(
        checkExample(analyser, rule, example).diagnostics.map((one) => one.code),
        example,
      ).toEqual([code]);
  });

  test("shows below each wrong example what is printed about it", () => {
    expect(refreshPage(analyser, rule, page), STALE).toBe(page);
  });

  test("has nothing to say about the right example", () => {
    const examples = examplesOf(page, "Right");
    expect(examples.length, "code in “Right”").toBeGreaterThan(0);
    for (const example of examples)
      expect(checkExample(analyser, rule, example).diagnostics, example).toEqual([]);
  });

  test("names the grades of repair that its fixtures have, and no other", () => {
    const shown = found.flatMap((one) => / (YS\d+): (A|B)$/.exec(one)?.slice(1).join() ?? []);
    const grades = (["A", "B"] as const).filter((grade) => shown.includes(`${code},${grade}`));
    expect(
      gradesOf(page),
      "“Repair” says “**One click:**” for grade A and “**To be checked:**” for B",
    ).toEqual(grades);
  });
});

test("the index is made from the data sheets", () => {
  expect(readFileSync(new URL("README.md", docs), "utf8"), STALE).toBe(indexPage(RULES, pageOf));
});

test("rules are listed in the order of their codes, each code and name once", () => {
  const codes = RULES.map(({ code }) => code);
  expect(codes).toEqual([...new Set(codes)].sort());
  expect(new Set(RULES.map(({ name }) => name)).size).toBe(RULES.length);
});
