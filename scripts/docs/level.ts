import type { Rule } from "../../src/rules/rule.ts";

/** How loud a rule is, for its page and the index: "error". */
export function levelOf({ severity }: Rule): string {
  return severity;
}
