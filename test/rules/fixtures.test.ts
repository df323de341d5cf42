import { execFileSync, spawnSync } from "node:child_process";
import { beforeAll, describe, expect, test } from "vitest";
import { reportText } from "../../scripts/docs/report-text.ts";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import type { FileReport } from "../../src/fixes/fix.ts";
import { RULES } from "../../src/rules/index.ts";
import { DEFAULT_RULES } from "../../src/rules/run-rules.ts";
import { repairTexts } from "../fixes/repair-texts.ts";
import { checkTexts } from "./check-text.ts";
import { expectWholeMessages } from "./expect-whole-messages.ts";
import { expectations, type Fixture, isCorrect, readFixtures, readOutputs } from "./fixtures.ts";
import { refuseDuplicates } from "./refuse-duplicates.ts";
import { refuseWeakOutput } from "./refuse-weak-output.ts";
import { repairAll } from "./repair-all.ts";

const analyser = await createAnalyser();
const fixtures = readFixtures();
const hasPython = spawnSync("python3", ["--version"]).status === 0;
if (!hasPython) process.stderr.write("python3 is not on this machine: repaired fixtures are not compiled\n");

/** The rules that are on by default, and the one whose folder it is. */
function rulesOf({ name }: Fixture): string[] {
  const own = RULES.filter((rule) => name.startsWith(`${rule.name}/`)).map(({ code }) => code);
  return [...DEFAULT_RULES, ...own];
}

describe.each(fixtures)("fixture $name", (fixture) => {
  const { files, name } = fixture;
  const expected = [...files.values()].flatMap(expectations);
  let reports: FileReport[] = [];

  beforeAll(() => {
    reports = checkTexts(analyser, files, rulesOf(fixture));
  });

  test("reports what the comments say, with the grade they say", () => {
    for (const { path, text, diagnostics, note } of reports) {
      const found = diagnostics.map(
        ({ location, code, fix }) => `${location.line} ${code}: ${fix?.grade ?? "none"}`,
      );
      expect(found.sort(), path).toEqual(expectations(text ?? "").sort());
      expect(note, path).toBeNull();
    }
  });

  test("expects what its name says", () => {
    const file = name.split("/").at(-1) ?? "";
    if (file.startsWith("correct")) expect(expected).toEqual([]);
    if (file.startsWith("defective"))
      expect(expected.length, "a comment like `# YS101: A` where a finding is expected").toBeGreaterThan(0);
  });

  test("has been written: nothing of the template is left", () => {
    for (const [path, text] of [...files, ...fixture.fixed]) expect(text, path).not.toContain("TODO");
  });

  test("gives every finding three parts of a message and a place", () => {
    for (const report of reports) expectWholeMessages(report);
  });

  test("has its file after all repairs, if anything is repaired", () => {
    const isRepaired = expected.some((one) => !one.endsWith(": none"));
    expect(fixture.fixed.size > 0, "a file `….fixed.py` beside it").toBe(isRepaired);
  });
});

test.each(fixtures.filter((one) => !isCorrect(one)))(
  "fixture $name prints what is stored",
  async (fixture) => {
    const reports = checkTexts(analyser, fixture.files, rulesOf(fixture));
    await expect(`${reportText(reports)}\n`).toMatchFileSnapshot(fixture.output);
  },
);

describe.each(fixtures.filter(({ fixed }) => fixed.size > 0))("repaired fixture $name", (fixture) => {
  const { files, fixed } = fixture;

  test("is another text that parses and is left alone when it is repaired again", () => {
    refuseWeakOutput(analyser, files, fixed, rulesOf(fixture));
  });

  test("becomes the stored text when every repair is applied", () => {
    const repaired = repairAll(analyser, files, rulesOf(fixture));
    for (const [path, text] of fixed) expect(repaired.get(path), path).toBe(text);
    for (const { path, diagnostics } of checkTexts(analyser, repaired, rulesOf(fixture))) {
      const rest = expectations(files.get(path) ?? "").filter((one) => one.endsWith(": none")).length;
      expect(diagnostics.length, path).toBe(rest);
    }
  });

  test("becomes the same text when all repairs are applied in one go", async () => {
    const { texts, reports } = await repairTexts(analyser, files, { rules: rulesOf(fixture) });
    for (const [path, text] of fixed) expect(texts.get(path), path).toBe(text);
    expect(reports.flatMap(({ diagnostics }) => diagnostics.filter(({ fix }) => fix !== null))).toEqual([]);
  });

  test.runIf(hasPython)("compiles with Python after the repairs", () => {
    for (const text of fixed.values()) {
      const compile = "import sys; compile(sys.stdin.buffer.read(), 'fixture', 'exec', dont_inherit=True)";
      execFileSync("python3", ["-c", compile], { input: text, stdio: ["pipe", "ignore", "pipe"] });
    }
  });
});

test.each(RULES)("$code $name has defective, correct and repaired fixtures", ({ name, code }) => {
  const own = fixtures.filter((one) => one.name.startsWith(`${name}/`));
  const found = own.flatMap(({ files }) => [...files.values()]).flatMap(expectations);
  const ofRule = found.filter((one) => one.includes(` ${code}: `));
  expect(ofRule.length, `comments \`# ${code}: …\` in fixtures/rules/${name}/defective.py`).toBeGreaterThan(
    0,
  );
  expect(
    own.some((one) => one.name === `${name}/correct.py`),
    `fixtures/rules/${name}/correct.py`,
  ).toBe(true);
});

test("no two fixtures are the same", () => {
  refuseDuplicates(fixtures);
});

test("every stored output belongs to a fixture", () => {
  const known = fixtures.filter((one) => !isCorrect(one)).map(({ output }) => output);
  expect(readOutputs().filter((path) => !known.includes(path))).toEqual([]);
});
