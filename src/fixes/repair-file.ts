import { applyEdits } from "./apply-edits.ts";
import { chooseRepairs, editsTogether } from "./choose-repairs.ts";
import type { Diagnostic, Edit, FileReport } from "./fix.ts";
import { movedStarts } from "./moved-starts.ts";

/** What repairing a file asks of its surroundings. */
export interface FileJudge {
  /** Checks the file with another text; null when that text cannot be, or is not to be, what the file becomes. */
  check(text: string): FileReport | null;
  /** The findings of a report whose repairs may be applied. */
  repairable(report: FileReport): readonly Diagnostic[];
}

/** A file after its repairs. */
export interface RepairedFile {
  /** What the check says of the text as it is now. */
  readonly report: FileReport;
  /** The edits of every pass; each speaks of the text that the one before it left. */
  readonly passes: readonly (readonly Edit[])[];
}

/**
 * Most texts of one file that are checked: with a hundred repairs a pass, enough for four thousand findings. The time
 * grows with the square of their number: 7 s of CPU for 500 in a file, 29 s for 1,000.
 */
const MAX_CHECKS = 40;

/**
 * Repairs a file as far as it can be repaired. A pass applies all repairs that do not touch each other and checks the
 * text again; what collided or only then has a repair is for the next pass. A pass counts only if it leaves fewer
 * findings, none that was not there before, and no new syntax error; if not, half of its repairs are tried, down to a
 * single one, which is then left out until something else was repaired. As every pass leaves fewer findings, there is
 * no going round in circles.
 */
export function repairFile(first: FileReport, judge: FileJudge): RepairedFile {
  const passes: Edit[][] = [];
  const failed = new Set<string>();
  let report = first;
  let most = Number.POSITIVE_INFINITY;
  for (let checks = 0; checks < MAX_CHECKS; checks++) {
    const open = judge.repairable(report).filter((one) => !failed.has(keyOf(one.code, one.span.start)));
    // Every repair was checked alone. Where only a part of a file could be read, less shows in a check of several.
    const chosen = chooseRepairs(open, report.note === null ? most : 1);
    const [one] = chosen;
    if (one === undefined || report.text === null) break;
    const edits = editsTogether(chosen);
    const text = applyEdits(report.text, edits);
    const next = judge.check(text);
    if (next !== null && next.text === text && isBetter(report, next, chosen, edits)) {
      report = next;
      passes.push(edits);
      failed.clear();
      most *= 2;
    } else if (chosen.length > 1) most = Math.floor(chosen.length / 2);
    else failed.add(keyOf(one.code, one.span.start));
  }
  return { report, passes };
}

/**
 * The findings that are new to a file whose text went through passes of edits: those that stand where none of the
 * same rule stood.
 */
export function newFindings(
  before: readonly Diagnostic[],
  passes: readonly (readonly Edit[])[],
  after: readonly Diagnostic[],
): Diagnostic[] {
  const known = new Set<string>();
  for (const { code, span } of before) {
    let starts = [span.start];
    for (const edits of passes)
      starts = [...new Set(starts.flatMap((start) => movedStarts({ start }, edits)))];
    for (const start of starts) known.add(keyOf(code, start));
  }
  return after.filter(({ code, span }) => !known.has(keyOf(code, span.start)));
}

function isBetter(
  before: FileReport,
  after: FileReport,
  repaired: readonly Diagnostic[],
  edits: readonly Edit[],
): boolean {
  if (before.note === null && after.note !== null) return false;
  if (after.diagnostics.length > before.diagnostics.length - repaired.length) return false;
  const others = before.diagnostics.filter((one) => !repaired.includes(one));
  return newFindings(others, [edits], after.diagnostics).length === 0;
}

function keyOf(code: string, start: number): string {
  return `${code}@${start}`;
}
