import { describe, expect, test } from "vitest";
import type { Analyser } from "../../src/analysis/analyser.ts";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import type { FileReport } from "../../src/fixes/fix.ts";
import type { Rule } from "../../src/rules/rule.ts";
import { DEFAULT_RULES } from "../../src/rules/run-rules.ts";
import { checkTexts } from "./check-text.ts";
import { expectWholeMessages } from "./expect-whole-messages.ts";
import { refuseWeakCases } from "./refuse-weak-cases.ts";
import { repairAll } from "./repair-all.ts";
import { type DefectiveCase, type ExpectedFinding, filesOf, type RuleCases } from "./rule-case.ts";

const analyser = await createAnalyser();

/** The rules that run in the cases of a rule: all that are on by default, and itself. */
export function rulesWith({ code }: Rule): string[] {
  return [...DEFAULT_RULES, code];
}

/**
 * Makes a test of every case of a rule. Cases that could pass without proving anything are refused beforehand.
 * @throws Error for a weak case.
 */
export function testRule(rule: Rule, cases: RuleCases): void {
  refuseWeakCases(analyser, cases, rulesWith(rule));
  describe(`${rule.code} ${rule.name}`, () => {
    test.each(cases.correct ?? [])("says nothing: $name", ({ source }) => {
      checkRuleCase(analyser, rule, { name: "", source, findings: [] });
    });
    test.each(cases.defective ?? [])("reports: $name", (one) => checkRuleCase(analyser, rule, one));
  });
}

/** Compares what is said about a case, and what its repairs make of it, with what it expects. */
export function checkRuleCase(analyser: Analyser, rule: Rule, one: DefectiveCase): void {
  const files = filesOf(one.source);
  const reports = checkTexts(analyser, files, rulesWith(rule));
  const expected = one.findings.map((finding) => toRow(rule, finding, files)).sort(byPlace);
  const found = reports.flatMap(toRows).sort(byPlace);
  expect(found.map(({ line }) => line)).toEqual(expected.map(({ line }) => line));
  for (const [index, { message, text }] of expected.entries()) {
    if (typeof message === "string") expect(found[index]?.message).toBe(message);
    else expect(found[index]?.message).toMatch(message);
    if (text !== undefined) expect(found[index]?.text).toBe(text);
  }
  for (const report of reports) {
    expectWholeMessages(report);
    expect(report.note ?? report.skipped, report.path).toBeNull();
  }
  const output = one.output === undefined ? files : new Map([...files, ...filesOf(one.output)]);
  expect([...repairAll(analyser, files, rulesWith(rule))]).toEqual([...output]);
}

/** A finding as it is compared: `line` has path, place, code and grade. */
interface Row<Message> {
  readonly line: string;
  readonly message: Message;
  readonly text: string | undefined;
}

function toRow(
  rule: Rule,
  finding: ExpectedFinding,
  files: ReadonlyMap<string, string>,
): Row<string | RegExp> {
  const path = finding.path ?? [...files.keys()][0] ?? "";
  const at = finding.at ?? placeOf(files.get(path) ?? "", finding.text ?? "");
  const line = `${path}:${at} ${finding.code ?? rule.code}: ${finding.grade}`;
  return { line, message: finding.message ?? "", text: finding.text };
}

function toRows({ path, diagnostics, text }: FileReport): Row<string>[] {
  return diagnostics.map(({ location, code, fix, message, span }) => ({
    line: `${path}:${location.line}:${location.column} ${code}: ${fix?.grade ?? "none"}`,
    message: message.problem,
    text: text?.slice(span.start, span.end),
  }));
}

function placeOf(source: string, text: string): string {
  const before = source.slice(0, source.indexOf(text)).split("\n");
  return `${before.length}:${(before.at(-1) ?? "").length + 1}`;
}

function byPlace(a: Row<unknown>, b: Row<unknown>): number {
  return a.line < b.line ? -1 : a.line > b.line ? 1 : 0;
}
