import { RULES } from "../rules/index.ts";
import { type RawSettings, SETTING_KEYS } from "./schema.ts";
import type { Settings } from "./settings.ts";

/** A key of the settings in force. */
export interface SettingRow {
  readonly key: string;
  /** As JSON, or in words where nothing was said. Words of the configuration: whoever shows it as Markdown escapes it. */
  readonly value: string;
  /** `file:line`, an option of the command line, or "default". */
  readonly origin: string;
}

const DEFAULTS: Readonly<Record<keyof RawSettings, string>> = {
  select: `the rules that are on by default (${RULES.filter(({ isOnByDefault }) => isOnByDefault).length} of ${RULES.length})`,
  ignore: "[]",
  "per-path-ignores": "{}",
  include: "all Python files",
  exclude: "[]",
  severity: "as the rules say",
  "fail-on": '"never"',
  "max-comments": "10",
  drafts: "false",
  branches: "all branches",
  labels: "any",
  authors: "all",
  "blocking-calls": "[]",
  sarif: "false",
};

/** The settings in force, one row a key. */
export function settingRows(settings: Settings): SettingRow[] {
  return SETTING_KEYS.map((key) => {
    const origin = settings.origins.get(key);
    if (origin === undefined) return { key, value: DEFAULTS[key], origin: "default" };
    return { key, value: JSON.stringify(settings.values[key]), origin };
  });
}

/** The same as lines of text: key, value and origin. */
export function describeSettings(settings: Settings): string {
  const rows = settingRows(settings);
  const width = Math.max(...rows.map(({ key }) => key.length));
  return rows.map(({ key, value, origin }) => `${key.padEnd(width)}  ${value}  (${origin})\n`).join("");
}
