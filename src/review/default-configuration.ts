import { RULES } from "../rules/index.ts";
import type { ConfigurationRow } from "./command-answers.ts";

/** What reviews follow where no configuration is read. */
export function defaultConfiguration(maxComments: number): ConfigurationRow[] {
  const isOn = RULES.filter(({ isOnByDefault }) => isOnByDefault).length;
  const values = {
    select: `the rules that are on by default (${isOn} of ${RULES.length})`,
    "fail-on": "never",
    "max-comments": String(maxComments),
    drafts: "false",
  };
  return Object.entries(values).map(([key, value]) => ({ key, value, origin: "default" }));
}
