import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FeedbackEntry, openFeedback } from "../../src/jobs/feedback.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "yieldsign-feedback-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ENTRY: FeedbackEntry = {
  repository: "acme/shop",
  pullRequest: 3,
  thread: 7,
  rule: "YS106",
  fingerprint: "0123456789abcdef",
  login: "octocat",
  reason: "it is awaited later",
  source: "command",
};

function open(path: string | null) {
  const logged: object[] = [];
  return { logged, feedback: openFeedback(path, { info: (fields) => logged.push(fields) }) };
}

function lines(): unknown[] {
  const text = readFileSync(join(folder, "data", "feedback.jsonl"), "utf8");
  expect(text.endsWith("\n")).toBe(true);
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

test("each person is recorded once for a finding of a thread, also by the next process", () => {
  const data = join(folder, "data");
  const first = open(data);
  expect(first.feedback.record(ENTRY)).toBe(true);
  expect(first.feedback.record({ ...ENTRY, source: "reaction", reason: "" })).toBe(false);
  expect(first.feedback.record({ ...ENTRY, login: "hubot" })).toBe(true);
  expect(first.logged).toEqual([{ feedback: ENTRY }, { feedback: { ...ENTRY, login: "hubot" } }]);
  const next = open(data);
  expect(next.feedback.record(ENTRY)).toBe(false);
  expect(next.feedback.record({ ...ENTRY, thread: 8 })).toBe(true);
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(lines()).toEqual([
    { time, ...ENTRY },
    { time, ...ENTRY, login: "hubot" },
    { time, ...ENTRY, thread: 8 },
  ]);
});

test("a line that a crash cut off loses nothing else", () => {
  const data = join(folder, "data");
  open(data).feedback.record(ENTRY);
  appendFileSync(join(data, "feedback.jsonl"), '{"time":"2026');
  const { feedback } = open(data);
  expect(feedback.record(ENTRY)).toBe(false);
  feedback.record({ ...ENTRY, login: "hubot" });
  const text = readFileSync(join(data, "feedback.jsonl"), "utf8");
  expect(text.split("\n").map((line) => line.slice(0, 13))).toEqual([
    '{"time":"2026',
    '{"time":"2026',
    '{"time":"2026',
    "",
  ]);
  expect(open(data).feedback.record({ ...ENTRY, login: "hubot" })).toBe(false);
});

test("long reasons are cut; without a folder there is only the log", () => {
  const { logged, feedback } = open(null);
  expect(feedback.record({ ...ENTRY, reason: "x".repeat(1_000) })).toBe(true);
  expect(feedback.record(ENTRY)).toBe(false);
  expect(logged).toEqual([{ feedback: { ...ENTRY, reason: "x".repeat(300) } }]);
});
