import { readFileSync } from "node:fs";
import { RULES } from "../rules/index.ts";
import { UNUSED_IGNORE } from "../rules/unused-ignore.ts";
import { unknownRule } from "./unknown-rule.ts";

/** The page of a rule by name or code, or the list of all rules. @throws UsageError for an unknown one. */
export function explain(word: string | undefined): string {
  if (word === undefined)
    return RULES.map(({ code, name, summary }) => `${code}  ${name}\n       ${summary}\n`).join("");
  const rule = [...RULES, UNUSED_IGNORE].find(
    ({ name, code }) => name === word.toLowerCase() || code === word.toUpperCase(),
  );
  if (rule === undefined) throw unknownRule(word);
  return readFileSync(new URL(`../../docs/rules/${rule.name}.md`, import.meta.url), "utf8");
}
