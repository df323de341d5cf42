import type { FileReport } from "../fixes/fix.ts";
import { count } from "../report/count.ts";
import { visible } from "../report/visible.ts";
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
  { changedFiles, obstacles }: AppliedRepairs,
  { isDry, grades }: RepairMode,
  displayPath: (path: string) => string,
): RepairOutcome {
  const problems = [...obstacles].map(
    ([path, reason]) => `yieldsign: ${visible(displayPath(path))} was not repaired: ${reason}\n`,
  );
  const found = countOf(before);
  const done = `${isDry ? "Would repair" : "Repaired"} ${found - countOf(after)} of ${count(found, "mistake")} in ${count(changedFiles, "file")}.`;
  const lines = [changedFiles === 0 ? "Nothing was repaired." : done];
  const left = after
    .filter(({ path }) => !obstacles.has(path))
    .flatMap(({ diagnostics }) => diagnostics.flatMap(({ fix }) => fix ?? []));
  const unasked = left.filter(({ grade }) => !grades.includes(grade)).length;
  const refused = left.length - unasked;
  if (refused > 0) lines.push(`Left out, as it would lead to other mistakes: ${count(refused, "repair")}.`);
  if (unasked > 0)
    lines.push(`With --unsafe: ${count(unasked, "more repair")}, to be checked for what else changes.`);
  const changes = isDry && changedFiles > 0 ? 1 : 0;
  return {
    summary: lines.map((line) => `${line}\n`).join(""),
    problems: problems.join(""),
    exitCode: problems.length > 0 ? 2 : changes,
  };
}

function countOf(reports: readonly FileReport[]): number {
  return reports.reduce((sum, { diagnostics }) => sum + diagnostics.length, 0);
}
