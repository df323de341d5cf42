import { execFileSync, spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { applyEdits } from "../../src/fixes/apply-edits.ts";
import { RULES } from "../../src/rules/index.ts";
import { checkTexts } from "./check-text.ts";
import { expectations, readFixtures } from "./fixtures.ts";

const analyser = await createAnalyser();
const fixtures = readFixtures();
const hasPython = spawnSync("python3", ["--version"]).status === 0;
if (!hasPython) process.stderr.write("python3 is not on this machine: repaired fixtures are not compiled\n");

/** Applies repairs one after the other until none is left. */
function repairAll(files: ReadonlyMap<string, string>): Map<string, string> {
  const repaired = new Map(files);
  for (let round = 0; round < 100; round++) {
    const report = checkTexts(analyser, repaired).find(({ diagnostics }) =>
      diagnostics.some(({ fix }) => fix !== null),
    );
    const fix = report?.diagnostics.find((one) => one.fix !== null)?.fix;
    if (report === undefined || fix == null) return repaired;
    repaired.set(report.path, applyEdits(report.text ?? "", fix.edits));
  }
  throw new Error("repairs do not come to an end");
}

describe.each(fixtures)("fixture $name", ({ files, name }) => {
  test("reports what the comments say, with the grade they say", () => {
    for (const { path, text, diagnostics, note } of checkTexts(analyser, files)) {
      const found = diagnostics.map(
        ({ location, code, fix }) => `${location.line} ${code}: ${fix?.grade ?? "none"}`,
      );
      expect(found.sort(), path).toEqual(expectations(text ?? "").sort());
      expect(note, path).toBeNull();
    }
    if (name.endsWith("correct.py")) expect([...files.values()].flatMap(expectations)).toEqual([]);
  });

  test("gives every finding three parts of a message and a place", () => {
    for (const { diagnostics, text } of checkTexts(analyser, files)) {
      for (const { message, span, location, fix } of diagnostics) {
        expect(message.problem).toMatch(/^\S.*\.$/s);
        expect(message.reason).toMatch(/^\S.*[.`]$/s);
        expect(message.remedy).toMatch(/^\S.*\.$/s);
        expect(span.end).toBeGreaterThan(span.start);
        expect(location.line).toBe((text ?? "").slice(0, span.start).split("\n").length);
        if (fix?.grade === "B") expect(fix.caution).not.toBeNull();
      }
    }
  });
});

describe.each(fixtures.filter(({ fixed }) => fixed.size > 0))(
  "repaired fixture $name",
  ({ files, fixed }) => {
    test("becomes the stored text when every repair is applied", () => {
      const repaired = repairAll(files);
      for (const [path, text] of fixed) expect(repaired.get(path), path).toBe(text);
      for (const { path, diagnostics } of checkTexts(analyser, repaired)) {
        const rest = expectations(files.get(path) ?? "").filter((one) => one.endsWith(": none")).length;
        expect(diagnostics.length, path).toBe(rest);
      }
    });

    test.runIf(hasPython)("compiles with Python after the repairs", () => {
      for (const text of fixed.values()) {
        const compile = "import sys; compile(sys.stdin.buffer.read(), 'fixture', 'exec', dont_inherit=True)";
        execFileSync("python3", ["-c", compile], { input: text, stdio: ["pipe", "ignore", "pipe"] });
      }
    });
  },
);

test.each(RULES)("$code $name has defective, correct and repaired fixtures", ({ name, code }) => {
  const own = fixtures.filter((one) => one.name.startsWith(`${name}/`));
  const found = own.flatMap(({ files }) => [...files.values()]).flatMap(expectations);
  expect(found.filter((one) => one.includes(` ${code}: `)).length).toBeGreaterThan(0);
  expect(own.some((one) => one.name === `${name}/correct.py`)).toBe(true);
  const isUnrepairable = found.every((one) => one.endsWith(": none"));
  expect(own.some(({ fixed }) => fixed.size > 0) || isUnrepairable).toBe(true);
});
