import { describe, expect, test } from "vitest";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { applyEdits } from "../../src/fixes/apply-edits.ts";
import type { Diagnostic } from "../../src/fixes/fix.ts";
import { checkText } from "../rules/check-text.ts";

const analyser = await createAnalyser();
const HEAD = "async def save(*values):\n    return values\n\n\nasync def main():\n";

function unusedIn(text: string, rules?: readonly string[]): Diagnostic[] {
  const file = { id: text, bytes: Buffer.from(text) };
  const options = { warnsUnusedIgnores: true, rules };
  const { reports } = analyser.check({ paths: ["a.py"], read: () => file }, ["a.py"], options);
  return reports.flatMap(({ diagnostics }) => diagnostics.filter(({ code }) => code === "YS001"));
}

/** What every one of them says is wrong. */
function problemsIn(line: string): string[] {
  return unusedIn(`${HEAD}    ${line}\n`).map(({ message }) => message.problem);
}

/** The line after all repairs, one after the other. */
function repaired(line: string): string {
  let text = `${HEAD}    ${line}\n`;
  for (let round = 0; round < 20; round++) {
    const fix = unusedIn(text).find((one) => one.fix !== null)?.fix;
    if (fix == null) return text.slice(HEAD.length);
    text = applyEdits(text, fix.edits);
  }
  throw new Error("repairs do not come to an end");
}

describe("nothing is said of", () => {
  test.each([
    "save(1)  # noqa: YS106",
    "_ = save(1)  # noqa: YS106",
    "save(1)  # noqa: YS1",
    "save(1)  # noqa: YS106, YS106",
    "save(1)  # noqa: YS106  # yieldsign: ignore[missing-await]",
    "save(1)  # yieldsign: ignore",
    "await save(1)  # noqa",
    "await save(1)  # noqa: E501",
    "await save(1)  # type: ignore[unused-coroutine]",
    "await save('# noqa: YS106')",
  ])("%s", (line) => {
    expect(problemsIn(line)).toEqual([]);
  });

  test("a file that was not understood as a whole", () => {
    expect(unusedIn(`${HEAD}    await save(1)  # noqa: YS106\n\n\nclass (:\n`)).toEqual([]);
  });

  test("a suppression of the whole file that is needed", () => {
    expect(unusedIn(`# yieldsign: ignore-file[missing-await]\n${HEAD}    save(1)\n`)).toEqual([]);
  });
});

describe("unused are", () => {
  test.each([
    ["await save(1)  # noqa: YS106", ["`YS106` silences nothing: there is no such finding on its line."]],
    ["save(1)  # noqa: YS101, YS106", ["`YS101` silences nothing: there is no such finding on its line."]],
    [
      "await save(1)  # yieldsign: ignore",
      ["`# yieldsign: ignore` silences nothing: nothing is found on its line."],
    ],
    [
      "# yieldsign: ignore[missing-await]",
      ["`missing-await` silences nothing: there is no such finding on its line."],
    ],
    ["# yieldsign: ignore-file[YS1]", ["`YS1` silences nothing: there is no such finding in this file."]],
    [
      "x = 1  # yieldsign: ignore-file",
      ["`# yieldsign: ignore-file` stands behind something else and silences nothing."],
    ],
    ["save(1)  # noqa: YS106, YS999", ["There is no rule `YS999`, so it silences nothing."]],
    [
      "await save(1)  # yieldsign: ignore[missing-awiat]",
      ["There is no rule `missing-awiat`, so it silences nothing."],
    ],
    [
      "await save(1)  # yieldsign: ignore[__proto__]",
      ["There is no rule `__proto__`, so it silences nothing."],
    ],
  ])("%s", (line, expected) => {
    expect(problemsIn(line)).toEqual(expected);
  });

  test("told with their place, as warnings, with the rules that they name", () => {
    const [found] = unusedIn(`${HEAD}    await save(1)  # noqa: E501, YS106\n`);
    expect(found).toMatchObject({
      rule: "unused-ignore",
      code: "YS001",
      severity: "warning",
      location: { line: 6, column: 34, endLine: 6, endColumn: 39 },
      silences: ["YS106"],
    });
  });

  test("told with the nearest name", () => {
    const [found] = unusedIn(`${HEAD}    save(1)  # yieldsign: ignore[missing-awiat]\n`);
    expect(found?.message.remedy).toBe("If `missing-await` is meant, write that.");
    expect(found?.fix).toBeNull();
  });
});

describe("the repair of", () => {
  test.each([
    ["await save(1)  # noqa: YS106", "    await save(1)\n"],
    ["await save(1)  # noqa: YS101,YS106", "    await save(1)\n"],
    ["await save(1)  # noqa: E501, YS106", "    await save(1)  # noqa: E501\n"],
    ["await save(1)  # noqa: YS106, E501", "    await save(1)  # noqa: E501\n"],
    ["save(1)  # noqa: YS101, YS106, YS102, YS103", "    save(1)  # noqa: YS106\n"],
    ["await save(1)  # noqa: YS106 because", "    await save(1)  # because\n"],
    ["await save(1)  # noqa: YS106  # type: ignore", "    await save(1)  # type: ignore\n"],
    ["await save(1)  # type: ignore  # noqa: YS106", "    await save(1)  # type: ignore\n"],
    ["await save(1)  # yieldsign: ignore[YS106] because", "    await save(1)\n"],
    ["await save(1)  # yieldsign: ignore because  # noqa", "    await save(1)  # noqa\n"],
    ["await save(1)  # yieldsign: ignore\r", "    await save(1)\r\n"],
    ["# yieldsign: ignore\n    await save(1)", "    await save(1)\n"],
    ["# yieldsign: ignore\r\n    await save(1)", "    await save(1)\n"],
    ["await save(\n        1,  # noqa: YS106\n    )", "    await save(\n        1,\n    )\n"],
    [
      "await save(1)  # yieldsign: ignore[no-such-rule]",
      "    await save(1)  # yieldsign: ignore[no-such-rule]\n",
    ],
  ])("%j", (line, expected) => {
    expect(repaired(line)).toBe(expected);
  });

  test("many in one file leaves the code as it was", () => {
    const lines = Array.from({ length: 150 }, (_, index) => `    await save(${index})  # noqa: YS106\n`);
    const found = unusedIn(HEAD + lines.join(""));
    expect(found).toHaveLength(150);
    const text = applyEdits(
      HEAD + lines.join(""),
      found.flatMap(({ fix }) => fix?.edits ?? []),
    );
    expect(text).toBe(HEAD + lines.join("").replaceAll("  # noqa: YS106", ""));
  });
});

test("what names a rule that did not run is not called unused", () => {
  const text = `${HEAD}    await save(1)  # noqa: YS106, YS101\n`;
  const wordsOf = (rules: readonly string[]) => unusedIn(text, rules).map(({ silences }) => silences);
  expect(wordsOf(["YS106", "YS101"])).toEqual([["YS106"], ["YS101"]]);
  expect(wordsOf(["YS101"])).toEqual([["YS101"]]);
  expect(wordsOf([])).toEqual([]);
});

test("without being asked, nothing is said", () => {
  expect(checkText(analyser, `${HEAD}    await save(1)  # noqa: YS106\n`).diagnostics).toEqual([]);
});
