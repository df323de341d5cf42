import { parseArgs } from "node:util";
import pc from "picocolors";
import type { Analyser } from "../analysis/analyser.ts";
import { createAnalyser } from "../analysis/create-analyser.ts";
import { applySettings } from "../configuration/apply-settings.ts";
import { describeSettings } from "../configuration/describe-settings.ts";
import type { FileReport } from "../fixes/fix.ts";
import { FORMATS } from "../report/index.ts";
import { type BaselineEntry, compareWithBaseline } from "../review/baseline.ts";
import { RULES } from "../rules/index.ts";
import { nearest } from "../rules/nearest.ts";
import type { Rule } from "../rules/rule.ts";
import { UNUSED_IGNORE } from "../rules/unused-ignore.ts";
import { version } from "../version.ts";
import { applyRepairs } from "./apply-repairs.ts";
import { baselinePath, needBaseline } from "./baseline-file.ts";
import { settingsOf } from "./configuration.ts";
import { describeRepairs, NO_REPAIRS } from "./describe-repairs.ts";
import { narrowTargets } from "./narrow-targets.ts";
import { openScope } from "./open-scope.ts";
import { readRepairOptions } from "./repair-options.ts";
import { openTargets } from "./targets.ts";
import { CHECK_USAGE } from "./usage.ts";
import { UsageError } from "./usage-error.ts";

/** What a command has to say and how the process ends. */
export interface CommandResult {
  readonly output: string;
  readonly errors: string;
  readonly exitCode: 0 | 1 | 2;
}

const OPTIONS = {
  root: { type: "string" },
  diff: { type: "string" },
  "all-lines": { type: "boolean" },
  format: { type: "string", default: "full" },
  select: { type: "string" },
  ignore: { type: "string" },
  baseline: { type: "string" },
  "warn-unused-ignores": { type: "boolean" },
  notes: { type: "boolean" },
  explain: { type: "boolean" },
  stats: { type: "boolean" },
  threads: { type: "string" },
  fix: { type: "boolean" },
  unsafe: { type: "boolean" },
  "diff-fixes": { type: "boolean" },
  "show-settings": { type: "boolean" },
  help: { type: "boolean" },
} as const;

/** `yieldsign check`. @throws UsageError when the command line cannot be followed. */
export async function check(parameters: readonly string[], cwd: string): Promise<CommandResult> {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    options: OPTIONS,
    allowPositionals: true,
  });
  if (values.help === true) return { output: CHECK_USAGE, errors: "", exitCode: 0 };
  const format = FORMATS[values.format];
  if (format === undefined) throw unknownFormat(values.format);
  const mode = readRepairOptions(values);
  const threads = threadCount(values.threads);
  const named = openTargets(positionals, values.root, cwd);
  const settings = settingsOf(named.tree, values);
  if (values["show-settings"] === true)
    return { output: describeSettings(settings), errors: "", exitCode: 0 };
  const targets = narrowTargets(named, settings);
  const { root, tree } = targets;
  const { rules, blockingCalls } = settings;
  const known = values.baseline === undefined ? null : needBaseline(baselinePath(values.baseline, root, cwd));
  const warnsUnusedIgnores = values["warn-unused-ignores"] === true;
  let created: Promise<Analyser> | undefined;
  const analyser = (): Promise<Analyser> => {
    created ??= createAnalyser();
    return created;
  };
  const isEveryLine = values["all-lines"] === true;
  const request = { diff: values.diff, isEveryLine, threads, rules, warnsUnusedIgnores, blockingCalls };
  const scope = await openScope(request, targets, analyser);
  const isForPrograms = mode === null && (values.format === "json" || values.format === "sarif");
  const showsNotes = values.notes === true || values.select !== undefined || isForPrograms;
  const keep = (reports: readonly FileReport[]): readonly FileReport[] => {
    const selected = applySettings(reports.map(scope.keep), settings);
    const kept = showsNotes ? selected : selected.map(withoutNotes);
    return known === null ? kept : withoutKnown(kept, known, tree.paths);
  };
  const found = await scope.check(new Map());
  const before = keep(found);
  const isClean = before.every(({ diagnostics }) => diagnostics.length === 0);
  const repairs =
    mode === null || isClean
      ? null
      : await applyRepairs(await analyser(), found, { mode, scope, targets, keep });
  const files = repairs === null ? before : keep(repairs.reports);
  const sheets = warnsUnusedIgnores ? [UNUSED_IGNORE, ...RULES] : RULES;
  const errors = messages(files, values.format, values.stats === true ? sheets : []);
  const hasFindings = files.some(({ diagnostics }) =>
    diagnostics.some(({ severity }) => severity !== "info"),
  );
  const outcome =
    mode === null || repairs === null
      ? NO_REPAIRS
      : describeRepairs(before, files, repairs, mode, targets.displayPath);
  const exitCode = outcome.exitCode === 0 && hasFindings ? 1 : outcome.exitCode;
  if (mode?.isDry === true)
    return { output: repairs?.diff ?? "", errors: outcome.problems + outcome.summary + errors, exitCode };
  const output = format(
    {
      files,
      version: version(),
      displayPath: targets.displayPath,
      explains: values.explain === true,
      rulePage,
      rules: sheets,
    },
    pc,
  );
  const isForPeople = values.format === "full" || values.format === "concise";
  const hidden = showsNotes ? 0 : countNotes(applySettings(found.map(scope.keep), settings));
  const hint =
    hidden === 0 ? "" : `${hidden} ${hidden === 1 ? "note is" : "notes are"} left out (--notes).\n`;
  return {
    output: isForPeople ? output + outcome.summary + hint : output,
    errors: outcome.problems + (isForPeople ? "" : outcome.summary) + errors,
    exitCode,
  };
}

function threadCount(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^[1-9]\d?$/.test(value)) throw new UsageError(`--threads takes a number from 1 to 99, not ${value}`);
  return Number(value);
}

function unknownFormat(format: string): UsageError {
  const close = nearest(format, Object.keys(FORMATS));
  return new UsageError(
    `there is no format ${format}; ${close === null ? `use ${Object.keys(FORMATS).join(", ")}` : `did you mean ${close}?`}`,
  );
}

/** The page of a rule, for people to open. */
export function rulePage(rule: string): string {
  return `https://github.com/yieldsign/yieldsign/blob/main/docs/rules/${rule}.md`;
}

/** What is only worth knowing, and fails no check, is said where it was asked for. */
function withoutNotes(report: FileReport): FileReport {
  return { ...report, diagnostics: report.diagnostics.filter(({ severity }) => severity !== "info") };
}

function countNotes(reports: readonly FileReport[]): number {
  return reports.reduce(
    (sum, { diagnostics }) => sum + diagnostics.filter(({ severity }) => severity === "info").length,
    0,
  );
}

function withoutKnown(
  reports: readonly FileReport[],
  known: readonly BaselineEntry[],
  paths: readonly string[],
): readonly FileReport[] {
  const present = new Set(paths);
  return compareWithBaseline(reports, known, (path) => present.has(path)).reports;
}

/** For standard error: statistics, and for machine formats what was skipped (people read it in the report itself). */
function messages(
  files: readonly FileReport[],
  format: string,
  counted: readonly Pick<Rule, "name" | "code">[],
): string {
  const lines: string[] = [];
  if (files.length === 0) lines.push("yieldsign: no Python files to check");
  if (format === "github") {
    for (const { path, skipped, note } of files)
      if (skipped !== null || note !== null) lines.push(`${path}: ${skipped ?? note}`);
  }
  for (const { code, name } of counted) {
    const count = files.reduce(
      (sum, { diagnostics }) => sum + diagnostics.filter((one) => one.code === code).length,
      0,
    );
    if (count > 0) lines.push(`${String(count).padStart(5)}  ${code}  ${name}`);
  }
  return lines.map((line) => `${line}\n`).join("");
}
