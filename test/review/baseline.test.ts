import { describe, expect, test } from "vitest";
import type { FileReport } from "../../src/fixes/fix.ts";
import {
  type BaselineEntry,
  compareWithBaseline,
  formatBaseline,
  parseBaseline,
  toEntries,
} from "../../src/review/baseline.ts";

/** A report with findings of one rule, given by their fingerprints. */
function report(path: string, ...fingerprints: string[]): FileReport {
  const location = { path, line: 1, column: 1, endLine: 1, endColumn: 2 };
  const message = { problem: "A.", reason: "B.", remedy: "C." };
  const diagnostics = fingerprints.map((fingerprint, ordinal) => ({
    rule: "missing-await",
    code: "YS106",
    severity: "error" as const,
    span: { start: 0, end: 1 },
    location,
    message,
    chain: [],
    fingerprint,
    ordinal,
    fix: null,
  }));
  return { path, text: "", hasBom: false, diagnostics, skipped: null, note: null };
}

function entry(path: string, fingerprint: string, count = 1): BaselineEntry {
  return { path, rule: "missing-await", fingerprint, count };
}

/** New findings and gone entries, in short. */
function compare(
  reports: readonly FileReport[],
  entries: readonly BaselineEntry[],
  files: readonly string[],
) {
  const result = compareWithBaseline(reports, entries, (path) => files.includes(path));
  return {
    news: result.reports.flatMap(({ path, diagnostics }) =>
      diagnostics.map(({ fingerprint }) => `${path} ${fingerprint}`),
    ),
    gone: result.gone.map(({ path, fingerprint, count }) => `${path} ${fingerprint} ${count}`),
  };
}

describe("the file", () => {
  test("is sorted by code units, one line an entry, and is read as it was written", () => {
    const entries = [entry("b.py", "2"), entry("a.py", "2"), entry("a.py", "1", 3), entry("Z.py", "9")];
    const text = formatBaseline(entries);
    expect(
      text
        .split("\n")
        .filter((line) => line.includes("path"))
        .map((line) => line.trim()),
    ).toEqual([
      '{"path":"Z.py","rule":"missing-await","fingerprint":"9","count":1},',
      '{"path":"a.py","rule":"missing-await","fingerprint":"1","count":3},',
      '{"path":"a.py","rule":"missing-await","fingerprint":"2","count":1},',
      '{"path":"b.py","rule":"missing-await","fingerprint":"2","count":1}',
    ]);
    expect(formatBaseline([...entries].reverse())).toBe(text);
    const read = parseBaseline(text);
    expect(read.ok && formatBaseline(read.entries)).toBe(text);
    expect(parseBaseline(formatBaseline([]))).toEqual({ ok: true, entries: [] });
  });

  test("may hold an entry twice, as after a merge", () => {
    const entries = [entry("a.py", "1"), entry("a.py", "1", 2)];
    expect(parseBaseline(JSON.stringify({ version: 1, entries }))).toEqual({
      ok: true,
      entries: [entry("a.py", "1", 3)],
    });
  });

  test.each([0, -1, 1.5, "1", null])("has no count %j", (count) => {
    const entries = [entry("a.py", "1"), { ...entry("a.py", "2"), count }];
    expect(parseBaseline(JSON.stringify({ version: 1, entries }))).toEqual({
      ok: false,
      reason: "its entry 2 is not one",
    });
  });

  test("counts equal findings", () => {
    expect(toEntries([report("a.py", "1", "2", "1"), report("b.py", "1")])).toEqual([
      entry("a.py", "1", 2),
      entry("a.py", "2"),
      entry("b.py", "1"),
    ]);
  });
});

describe("compared with a baseline", () => {
  test("as many equal findings are known as were counted", () => {
    expect(compare([report("a.py", "1", "1", "1")], [entry("a.py", "1", 2)], ["a.py"])).toEqual({
      news: ["a.py 1"],
      gone: [],
    });
    expect(compare([report("a.py", "1")], [entry("a.py", "1", 3)], ["a.py"])).toEqual({
      news: [],
      gone: ["a.py 1 2"],
    });
  });

  test("a finding of another file is new while the old file is there", () => {
    expect(compare([report("a.py"), report("b.py", "1")], [entry("a.py", "1")], ["a.py", "b.py"])).toEqual({
      news: ["b.py 1"],
      gone: ["a.py 1 1"],
    });
  });

  test("a renamed file brings nothing new but what is more", () => {
    expect(compare([report("b.py", "1", "1", "2")], [entry("a.py", "1")], ["b.py"])).toEqual({
      news: ["b.py 1", "b.py 2"],
      gone: [],
    });
  });

  test("an entry of the file itself is used before one of a file that is gone", () => {
    const entries = [entry("a.py", "1"), entry("b.py", "1")];
    expect(compare([report("b.py", "1")], entries, ["b.py"])).toEqual({ news: [], gone: ["a.py 1 1"] });
  });

  test("another rule's finding is new although its fingerprint is the same", () => {
    const other = { ...entry("a.py", "1"), rule: "await-async-generator" };
    expect(compare([report("a.py", "1")], [other], ["a.py"]).news).toEqual(["a.py 1"]);
  });
});
