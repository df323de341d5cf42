import { parseArgs } from "node:util";
import { applySettings } from "../configuration/apply-settings.ts";
import type { FileReport } from "../fixes/fix.ts";
import { findingLines } from "../report/concise.ts";
import { count } from "../report/count.ts";
import { visible } from "../report/visible.ts";
import { type BaselineEntry, compareWithBaseline, toEntries } from "../review/baseline.ts";
import { RULES } from "../rules/index.ts";
import { nearest } from "../rules/nearest.ts";
import { version } from "../version.ts";
import { baselinePath, needBaseline, readBaseline, writeBaseline } from "./baseline-file.ts";
import { type CommandResult, rulePage } from "./check.ts";
import { checkFiles } from "./check-files.ts";
import { settingsOf } from "./configuration.ts";
import { narrowTargets } from "./narrow-targets.ts";
import { openTargets, type Targets } from "./targets.ts";
import { BASELINE_USAGE } from "./usage.ts";
import { UsageError } from "./usage-error.ts";

const OPTIONS = {
  root: { type: "string" },
  baseline: { type: "string" },
  select: { type: "string" },
  ignore: { type: "string" },
  help: { type: "boolean" },
} as const;

const COMMANDS = ["write", "check"];

/** What a baseline command looks at. */
interface Scope {
  readonly targets: Targets;
  /** The baseline's file. */
  readonly file: string;
  readonly reports: readonly FileReport[];
  /** True for an entry that would have been found again if it were still there. */
  isJudged(entry: BaselineEntry): boolean;
}

/** `yieldsign baseline write` and `check`. @throws UsageError when the command line cannot be followed. */
export async function baseline(parameters: readonly string[], cwd: string): Promise<CommandResult> {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    options: OPTIONS,
    allowPositionals: true,
  });
  if (values.help === true) return { output: BASELINE_USAGE, errors: "", exitCode: 0 };
  const [command = "", ...paths] = positionals;
  if (!COMMANDS.includes(command)) throw unknownCommand(command);
  const named = openTargets(paths, values.root, cwd);
  const settings = settingsOf(named.tree, values);
  const targets = narrowTargets(named, settings);
  const file = baselinePath(values.baseline, targets.root, cwd);
  // Before the work: a file that cannot be used should not cost a check.
  const old = command === "write" ? (readBaseline(file) ?? []) : needBaseline(file);
  const { rules, blockingCalls } = settings;
  const found = await checkFiles(targets.root, targets.tree, targets.paths, { rules, blockingCalls });
  const reports = applySettings(found, settings);
  const codeOf = new Map(RULES.map(({ name, code }) => [name, code]));
  const isOn = (rule: string, path: string): boolean => settings.codesFor(path).has(codeOf.get(rule) ?? "");
  const unclear = new Set(
    reports.filter(({ skipped, note }) => skipped !== null || note !== null).map(({ path }) => path),
  );
  const scope: Scope = {
    targets,
    file,
    reports,
    isJudged: ({ path, rule }) => targets.isWanted(path) && isOn(rule, path) && !unclear.has(path),
  };
  return command === "write" ? write(scope, old) : compare(scope, old);
}

function unknownCommand(command: string): UsageError {
  if (command === "") return new UsageError("baseline needs write or check; see yieldsign baseline --help");
  const close = nearest(command, COMMANDS);
  return new UsageError(
    `there is no command baseline ${command}; ${close === null ? "use write or check" : `did you mean ${close}?`}`,
  );
}

/** What this check could not look at stays as it was. */
function write({ file, reports, isJudged, targets }: Scope, old: readonly BaselineEntry[]): CommandResult {
  const found = toEntries(reports);
  const { gone } = compareWithBaseline(reports, old, () => true);
  const kept = gone.filter((entry) => !isJudged(entry));
  const entries = [...found, ...kept];
  writeBaseline(file, entries);
  const findings = entries.reduce((sum, entry) => sum + entry.count, 0);
  const files = new Set(entries.map(({ path }) => path)).size;
  const shown = visible(targets.displayPath(file));
  return {
    output: `Wrote ${shown}: ${count(findings, "finding")} in ${count(files, "file")}.\n`,
    errors: "",
    exitCode: 0,
  };
}

function compare(scope: Scope, old: readonly BaselineEntry[]): CommandResult {
  const { reports, isJudged, targets } = scope;
  const present = new Set(targets.tree.paths);
  const { reports: news, gone } = compareWithBaseline(reports, old, (path) => present.has(path));
  const introduced = news.reduce((sum, { diagnostics }) => sum + diagnostics.length, 0);
  const fails = news.some(({ diagnostics }) => diagnostics.some(({ severity }) => severity !== "info"));
  const fixed = gone.filter(isJudged);
  const { displayPath } = targets;
  const list = findingLines({
    files: news,
    version: version(),
    displayPath,
    explains: false,
    rulePage,
    rules: RULES,
  });
  const known = reports.reduce((sum, { diagnostics }) => sum + diagnostics.length, 0) - introduced;
  const summary = `${introduced === 0 ? "Nothing" : count(introduced, "finding")} new, ${known} in the baseline.\n`;
  return {
    output: list + summary + fixedLines(fixed, targets),
    errors: reports
      .flatMap(({ path, skipped, note }) => {
        const reason = skipped ?? note;
        return reason === null ? [] : `${visible(displayPath(path))}: ${visible(reason)}\n`;
      })
      .join(""),
    exitCode: fails ? 1 : 0,
  };
}

function fixedLines(fixed: readonly BaselineEntry[], { displayPath }: Targets): string {
  if (fixed.length === 0) return "";
  const lines = fixed.map(({ path, rule, count: times }) => {
    const code = RULES.find(({ name }) => name === rule)?.code ?? "";
    return `  ${visible(displayPath(path))}: ${code} ${rule}${times === 1 ? "" : ` (${times} times)`}\n`;
  });
  return `Fixed, but still in the baseline:\n${lines.join("")}Run \`yieldsign baseline write\` to drop them.\n`;
}
