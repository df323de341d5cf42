import type { SourceTree } from "../analysis/analyser.ts";
import type { Overrides } from "../configuration/combine-layers.ts";
import { formatProblem } from "../configuration/format-problem.ts";
import { readProjectSettings } from "../configuration/read-project-settings.ts";
import { ruleCodes } from "../configuration/rule-codes.ts";
import type { Settings } from "../configuration/settings.ts";
import { visible } from "../report/visible.ts";
import { unknownRule } from "./unknown-rule.ts";
import { UsageError } from "./usage-error.ts";

/** Options of the command line that name rules, separated by commas. */
export interface RuleOptions {
  readonly select?: string | undefined;
  readonly ignore?: string | undefined;
}

/**
 * The settings of a check: options of the command line win over the project's file, key by key. @throws UsageError
 * naming the option, or every place of the file that cannot be followed.
 */
export function settingsOf(tree: SourceTree, options: RuleOptions): Settings {
  const overrides: Overrides = {};
  for (const key of ["select", "ignore"] as const) {
    const list = options[key];
    if (list !== undefined) Object.assign(overrides, { [key]: wordsOf(list) });
  }
  const { settings, problems } = readProjectSettings(tree.manifests?.() ?? [], overrides);
  if (problems.length === 0) return settings;
  throw new UsageError(problems.map((problem) => visible(formatProblem(problem))).join("\n"));
}

function wordsOf(list: string): string[] {
  const words = list
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const wrong = words.find((word) => ruleCodes(word).length === 0);
  if (wrong !== undefined) throw unknownRule(wrong);
  return words;
}
