import type { Diagnostic, FileReport } from "../../src/fixes/fix.ts";
import { suggestionIn } from "../github/suggestions.ts";
import type { PostedComment, ReviewedChange } from "./open-reviewer.ts";

/** Lines of the head that became other lines: all from `first` to `last`, more by `growth`. */
interface ChangedLines {
  readonly first: number;
  readonly last: number;
  readonly growth: number;
}

/**
 * What is wrong with a repository after suggestions were committed, as sentences: lines outside the suggestions that
 * changed, a file that parses no more, a finding that is still there, one that was not there before.
 */
export function judgeResult(
  { head, reports }: ReviewedChange,
  pressed: readonly PostedComment[],
  texts: ReadonlyMap<string, string>,
  after: readonly FileReport[],
): string[] {
  const problems: string[] = [];
  const fixed = new Set(pressed.flatMap(({ diagnostics }) => diagnostics.filter(({ fix }) => fix !== null)));
  const before = new Map(reports.map((report) => [report.path, report]));
  for (const [path, text] of head)
    if (!isSameOutside(text, texts.get(path) ?? "", changesOf(path, pressed)))
      problems.push(`${path}: more changed than the suggested lines`);
  for (const { path, skipped, note, diagnostics } of after) {
    const old = before.get(path);
    if (skipped !== (old?.skipped ?? null) || note !== (old?.note ?? null))
      problems.push(`${path} does not parse: ${skipped ?? note}`);
    const left = (old?.diagnostics ?? []).filter((one) => !fixed.has(one));
    const changes = changesOf(path, pressed);
    for (const one of diagnostics) {
      const at = left.findIndex((known) => isSame(known, one, changes));
      if (at === -1) problems.push(`${path}:${one.location.line} has ${one.code}: ${one.message.problem}`);
      else left.splice(at, 1);
    }
  }
  return problems;
}

/** In the order of the lines. */
function changesOf(path: string, pressed: readonly PostedComment[]): ChangedLines[] {
  return pressed
    .filter(({ comment }) => comment.path === path)
    .map(({ comment: { originalLine, originalStartLine, body } }) => {
      const first = originalStartLine ?? originalLine;
      const length = suggestionIn(body)?.length ?? 0;
      return { first, last: originalLine, growth: length - (originalLine - first + 1) };
    })
    .sort((a, b) => a.first - b.first);
}

/** Every line between the changed ones is there, byte for byte, where their growth moved it. */
function isSameOutside(old: string, text: string, changes: readonly ChangedLines[]): boolean {
  const oldLines = old.split("\n");
  const lines = text.split("\n");
  const growth = changes.reduce((sum, one) => sum + one.growth, 0);
  if (lines.length !== oldLines.length + growth) return false;
  return oldLines.every((line, index) => {
    if (changes.some(({ first, last }) => first <= index + 1 && index + 1 <= last)) return true;
    return lines[index + shiftAt(index + 1, changes)] === line;
  });
}

function shiftAt(line: number, changes: readonly ChangedLines[]): number {
  return changes.reduce((sum, { last, growth }) => (last < line ? sum + growth : sum), 0);
}

/** The same rule, no more severe, at the same place: the line it moved to, or one of those in place of its own. */
function isSame(known: Diagnostic, one: Diagnostic, changes: readonly ChangedLines[]): boolean {
  if (known.code !== one.code || (known.severity !== "error" && one.severity === "error")) return false;
  const { line, column } = known.location;
  const range = changes.find(({ first, last }) => first <= line && line <= last);
  const from = (range?.first ?? line) + shiftAt(line, changes);
  if (range === undefined) return one.location.line === from && one.location.column === column;
  const to = range.last + range.growth + shiftAt(line, changes);
  return from <= one.location.line && one.location.line <= to;
}
