import type { FileReport } from "../fixes/fix.ts";
import type { AppliedRepairs } from "./apply-repairs.ts";
import type { RepairMode } from "./repair-options.ts";

/** What a command says of its repairs. */
export interface RepairOutcome {
  /** How much was (or would be) repaired, one line or two; empty where nothing was found. */
  readonly summary: string;
  /** A line for every file that could not be repaired. */
  readonly problems: string;
  /** What the repairs alone make of the exit code. */
  readonly exitCode: 0 | 1 | 2;
}

/** The outcome where nothing was to be repaired. */
export const NO_REPAIRS: RepairOutcome = { summary: "", problems: "", exitCode: 0 };

/** Compares what was reported before and after the repairs. */
export function describeRepairs(
  before: readonly FileReport[],
  after: readonly FileReport[],
  { changedFiles, problems }: AppliedRepairs,
  mode: RepairMode,
): RepairOutcome {
  const changes = mode.isDry && changedFiles > 0 ? 1 : 0;
  return {
    summary: summarize(before, after, changedFiles, mode),
    problems: problems.map((line) => `${line}\n`).join(""),
    exitCode: problems.length > 0 ? 2 : changes,
  };
}

function summarize(
  before: readonly FileReport[],
  after: readonly FileReport[],
  changedFiles: number,
  { isDry, grades }: RepairMode,
): string {
  const found = countOf(before);
  const files = changedFiles === 1 ? "1 file" : `${changedFiles} files`;
  const done = `${isDry ? "Would repair" : "Repaired"} ${found - countOf(after)} of ${mistakes(found)} in ${files}.\n`;
  const left = after.flatMap(({ diagnostics }) => diagnostics.flatMap(({ fix }) => fix ?? []));
  const others = left.filter(({ grade }) => !grades.includes(grade)).length;
  const hint =
    others === 0
      ? ""
      : `${mistakes(others)} can be repaired with --unsafe; what that changes has to be checked.\n`;
  return (changedFiles === 0 ? "Nothing was repaired.\n" : done) + hint;
}

function countOf(reports: readonly FileReport[]): number {
  return reports.reduce((sum, { diagnostics }) => sum + diagnostics.length, 0);
}

function mistakes(count: number): string {
  return count === 1 ? "1 mistake" : `${count} mistakes`;
}
