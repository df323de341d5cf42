import type { Rule } from "../../src/rules/rule.ts";

/** The line below the title of a rule's page: "error · on by default". */
export function levelLine({ severity, isOnByDefault }: Rule): string {
  return `${severity} · ${isOnByDefault ? "on" : "off"} by default`;
}

/** The same for the index, where only what is off is said: "error", "info, off by default". */
export function levelCell({ severity, isOnByDefault }: Rule): string {
  return isOnByDefault ? severity : `${severity}, off by default`;
}
