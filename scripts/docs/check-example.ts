import type { Analyser } from "../../src/analysis/analyser.ts";
import type { FileReport } from "../../src/fixes/fix.ts";
import type { Rule } from "../../src/rules/rule.ts";
import { DEFAULT_RULES } from "../../src/rules/run-rules.ts";

/** Checks an example of a rule's page as a file `example.py`, with the rule itself and all that are on by default. */
export function checkExample(analyser: Analyser, rule: Rule, code: string): FileReport {
  const path = "example.py";
  const bytes = Buffer.from(`${code}\n`);
  const tree = { paths: [path], read: () => ({ id: code, bytes }), isAtHand: true };
  const [report] = analyser.check(tree, [path], { rules: [...DEFAULT_RULES, rule.code] }).reports;
  if (report === undefined) throw new Error("the example was not checked");
  return report;
}
