import { parseArgs } from "node:util";
import pc from "picocolors";
import { createAnalyser } from "../analysis/create-analyser.ts";
import type { FileReport } from "../fixes/fix.ts";
import { FORMATS } from "../report/index.ts";
import { RULES } from "../rules/index.ts";
import { DEFAULT_RULES } from "../rules/run-rules.ts";
import { checkChange } from "./check-change.ts";
import { checkFiles } from "./check-files.ts";
import { settingsOf } from "./configuration.ts";
import { nearest } from "./nearest.ts";
import { openTargets } from "./targets.ts";
import { CHECK_USAGE } from "./usage.ts";
import { UsageError } from "./usage-error.ts";
import { version } from "./version.ts";

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
  explain: { type: "boolean" },
  stats: { type: "boolean" },
  threads: { type: "string" },
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
  const { root, tree, paths, isWanted, displayPath } = openTargets(positionals, values.root, cwd);
  const { codes, blockingCalls } = settingsOf(tree, values);
  // What is not selected still decides what the others say: one finding for one expression.
  const rules = [...new Set([...DEFAULT_RULES, ...codes])];
  const reports =
    values.diff === undefined
      ? await checkFiles(root, tree, paths, { threads: threadCount(values.threads), rules, blockingCalls })
      : checkChange(
          await createAnalyser(),
          { root, range: values.diff, isEveryLine: values["all-lines"] === true, rules, blockingCalls },
          tree,
          isWanted,
        );
  const files = reports.map((report) => withRules(report, codes));
  const output = format(
    {
      files,
      version: version(),
      displayPath,
      explains: values.explain === true,
      rulePage: (rule) => `https://github.com/yieldsign/yieldsign/blob/main/docs/rules/${rule}.md`,
      rules: RULES,
    },
    pc,
  );
  const hasFindings = files.some(({ diagnostics }) =>
    diagnostics.some(({ severity }) => severity !== "info"),
  );
  return {
    output,
    errors: messages(files, values.format, values.stats === true),
    exitCode: hasFindings ? 1 : 0,
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

function withRules(report: FileReport, codes: ReadonlySet<string>): FileReport {
  return { ...report, diagnostics: report.diagnostics.filter(({ code }) => codes.has(code)) };
}

/** For standard error: statistics, and for machine formats what was skipped (people read it in the report itself). */
function messages(files: readonly FileReport[], format: string, wantsStatistics: boolean): string {
  const lines: string[] = [];
  if (files.length === 0) lines.push("yieldsign: no Python files to check");
  if (format === "github") {
    for (const { path, skipped, note } of files)
      if (skipped !== null || note !== null) lines.push(`${path}: ${skipped ?? note}`);
  }
  if (wantsStatistics) {
    for (const { code, name } of RULES) {
      const count = files.reduce(
        (sum, { diagnostics }) => sum + diagnostics.filter((one) => one.code === code).length,
        0,
      );
      if (count > 0) lines.push(`${String(count).padStart(5)}  ${code}  ${name}`);
    }
  }
  return lines.map((line) => `${line}\n`).join("");
}
