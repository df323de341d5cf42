import { describe, expect, test } from "vitest";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { missingAwait } from "../../src/rules/missing-await.ts";
import { refuseWeakCases } from "./refuse-weak-cases.ts";
import type { DefectiveCase, RuleCases } from "./rule-case.ts";
import { checkRuleCase, rulesWith, testRule } from "./rule-tester.ts";

const analyser = await createAnalyser();

const SAVE = "async def save():\n    pass\n\n\n";
const MESSAGE = "`save()` is a coroutine that nobody awaits.";

const FINDING = { at: "6:5", message: MESSAGE, grade: "A" } as const;

/** A case without fault; the tests below take away what makes it one. */
const GOOD = {
  name: "a dropped call",
  source: `${SAVE}async def main():\n    save()\n`,
  findings: [FINDING],
  output: `${SAVE}async def main():\n    await save()\n`,
} satisfies DefectiveCase;

const AWAITED = { name: "an awaited call", source: GOOD.output };

function refusal(cases: RuleCases): string {
  try {
    refuseWeakCases(analyser, cases, rulesWith(missingAwait));
  } catch (error) {
    return String(error);
  }
  return "accepted";
}

/** What is said of the good case with this changed in it. */
function refusalWith(change: Partial<DefectiveCase>): string {
  return refusal({ defective: [{ ...GOOD, ...change }] });
}

testRule(missingAwait, {
  correct: [AWAITED, { name: "a stored call", source: { "app.py": `${SAVE}job = [save()]\n` } }],
  defective: [
    GOOD,
    {
      name: "calls in two files, one of which cannot await",
      source: {
        "app/__init__.py": "",
        "app/db.py": SAVE,
        "app/main.py":
          "from app.db import save\n\n\nasync def main():\n    save()\n\n\ndef other():\n    save()  # here\n",
      },
      findings: [
        { path: "app/main.py", at: "5:5", message: /nobody awaits/, grade: "A" },
        { path: "app/main.py", at: "9:5", message: MESSAGE, grade: "none" },
      ],
      output: {
        "app/main.py":
          "from app.db import save\n\n\nasync def main():\n    await save()\n\n\ndef other():\n    save()  # here\n",
      },
    },
    {
      name: "a finding given by its text",
      source: `${SAVE}def main(one):\n    return save(\n    )\n\n\nasync def run():\n    main(1)\n`,
      findings: [{ text: "main(1)", message: "`main(1)` is a coroutine that nobody awaits.", grade: "A" }],
      output: `${SAVE}def main(one):\n    return save(\n    )\n\n\nasync def run():\n    await main(1)\n`,
    },
  ],
});

test("cases without fault are accepted", () => {
  expect(refusal({ correct: [AWAITED], defective: [GOOD] })).toBe("accepted");
});

describe("weak cases are refused", () => {
  test("nothing to test", () => {
    expect(refusal({})).toContain("there are no cases");
    expect(refusalWith({ source: "\n" })).toContain("there is no source");
    expect(refusalWith({ name: " " })).toContain("a case has no name");
  });

  test("a defective case without findings", () => {
    expect(refusalWith({ findings: [] })).toContain("a dropped call: a defective case expects no finding");
  });

  test("no location", () => {
    const finding = { message: MESSAGE, grade: "A" } as const;
    expect(refusalWith({ findings: [finding] })).toContain("finding 1 has no location");
    expect(refusalWith({ findings: [{ ...finding, text: "" }] })).toContain("finding 1 has no location");
    expect(refusalWith({ findings: [{ ...finding, at: "6" }] })).toContain("which is no line and column");
    expect(refusalWith({ findings: [{ ...finding, at: "6:0" }] })).toContain("which is no line and column");
    expect(refusalWith({ findings: [{ ...finding, text: "save()" }] })).toContain("not occur exactly once");
    expect(refusalWith({ findings: [{ ...finding, text: "load()" }] })).toContain("not occur exactly once");
    expect(refusalWith({ findings: [{ ...finding, at: "6:5", path: "b.py" }] })).toContain("is in b.py");
    const source = { "a.py": GOOD.source, "b.py": "" };
    expect(refusalWith({ source, findings: [{ ...finding, at: "6:5" }] })).toContain("not say in which file");
  });

  test("no message, or a pattern that fits any", () => {
    const finding = { at: "6:5", grade: "A" } as const;
    expect(refusalWith({ findings: [finding] })).toContain("finding 1 has no message");
    expect(refusalWith({ findings: [{ ...finding, message: "" }] })).toContain("finding 1 has no message");
    expect(refusalWith({ findings: [{ ...finding, message: /.*/ }] })).toContain("accepts any message");
    expect(refusalWith({ findings: [{ ...finding, message: /\w/ }] })).toContain("accepts any message");
  });

  test("no output where something is repaired, or one where nothing is", () => {
    const { output: _, ...withoutOutput } = GOOD;
    expect(refusal({ defective: [withoutOutput] })).toContain("a repair and the case no output");
    const findings = [{ at: "6:5", message: MESSAGE, grade: "none" }] as const;
    expect(refusalWith({ findings })).toContain("there is an output, and no finding has a repair");
    expect(refusalWith({ output: { "other.py": "" } })).toContain("which is no file of the source");
  });

  test("an output that is the source", () => {
    expect(refusalWith({ output: GOOD.source })).toContain("the output is equal to the source");
  });

  test("an output that does not parse", () => {
    expect(refusalWith({ output: `${SAVE}async def main(:\n    await save()\n` })).toContain(
      "the output of module.py does not parse: ",
    );
  });

  test("a repair that is not idempotent", () => {
    const output = `${SAVE}async def main():\n    await save()\n    save()\n`;
    expect(refusalWith({ output })).toContain("repairing the output of module.py again changes it");
  });

  test("the same source or name twice", () => {
    expect(refusal({ defective: [GOOD, { ...GOOD, name: "again" }] })).toContain(
      "again: the source is that of a dropped call",
    );
    expect(refusal({ correct: [{ name: "correct", source: GOOD.source }], defective: [GOOD] })).toContain(
      "a dropped call: the source is that of correct",
    );
    expect(refusal({ correct: [{ ...AWAITED, name: GOOD.name }], defective: [GOOD] })).toContain(
      "another case has this name",
    );
  });
});

describe("a case fails when it expects", () => {
  test.each<[string, Partial<DefectiveCase>]>([
    ["no finding", { findings: [] }],
    ["another line", { findings: [{ ...FINDING, at: "5:5" }] }],
    ["another column", { findings: [{ ...FINDING, at: "6:6" }] }],
    ["more text", { findings: [{ text: "save()\n", message: MESSAGE, grade: "A" }] }],
    ["another message", { findings: [{ ...FINDING, message: "`save()` is a coroutine." }] }],
    ["another pattern", { findings: [{ ...FINDING, message: /generator/ }] }],
    ["another grade", { findings: [{ ...FINDING, grade: "B" }] }],
    ["another rule", { findings: [{ ...FINDING, code: "YS101" }] }],
    ["one finding more", { findings: [FINDING, { at: "1:1", message: MESSAGE, grade: "none" }] }],
    ["another output", { output: `${GOOD.output}\n` }],
    ["code that parses", { source: `${GOOD.source}def broken(:\n` }],
  ])("%s", (_, change) => {
    expect(() => checkRuleCase(analyser, missingAwait, GOOD)).not.toThrow();
    expect(() => checkRuleCase(analyser, missingAwait, { ...GOOD, ...change })).toThrow();
  });
});
