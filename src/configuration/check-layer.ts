import * as z from "zod/mini";
import { BLOCKING_GROUPS } from "../project/blocking-table.ts";
import { nearest } from "../rules/nearest.ts";
import type { ConfigurationProblem, Layer } from "./layer.ts";
import { EXTENDS, type RawSettings, RULE_WORDS, SETTING_KEYS, SETTINGS_SCHEMA } from "./schema.ts";

/** More problems than this tell nobody more. */
const MAX_PROBLEMS = 50;
/** Longer words are not compared with the valid ones, and are cut where they are shown. */
const MAX_SHOWN = 60;

/** A layer with its settings in their types, or everything that is wrong with it. */
export type CheckedLayer =
  | { readonly ok: true; readonly settings: RawSettings }
  | { readonly ok: false; readonly problems: readonly ConfigurationProblem[] };

/** Validates the settings of one file. */
export function checkLayer(layer: Layer): CheckedLayer {
  const parsed = z.safeParse(SETTINGS_SCHEMA, layer.keys);
  const problems: ConfigurationProblem[] = [];
  if (layer.inherits !== undefined && (typeof layer.inherits !== "string" || !EXTENDS.test(layer.inherits)))
    problems.push(
      problemAt(
        layer,
        ["_extends"],
        "it must be `repository`, `owner/repository` or `owner/repository:path.yml`",
      ),
    );
  if (parsed.success && problems.length === 0) return { ok: true, settings: parsed.data };
  for (const issue of parsed.error?.issues ?? []) {
    // Of several problems of one value the first says it.
    const key = keyOf(layer, issue.path);
    if (issue.code === "unrecognized_keys" || problems.every((one) => one.key !== key))
      problems.push(...explain(layer, issue, issue.path));
  }
  problems.sort((a, b) => a.line - b.line || a.column - b.column);
  return { ok: false, problems: problems.slice(0, MAX_PROBLEMS) };
}

/** A problem of a key or an item of a file. */
export function problemAt(
  layer: Layer,
  path: readonly PropertyKey[],
  message: string,
  close: string | null = null,
): ConfigurationProblem {
  return { file: layer.file, ...layer.locate(path), key: keyOf(layer, path), message, nearest: close };
}

function keyOf(layer: Layer, path: readonly PropertyKey[]): string {
  const parts = path.map((part) => {
    if (typeof part === "number") return `[${part}]`;
    const word = String(part);
    return /^[A-Za-z0-9_-]+$/.test(word) ? `.${word}` : `.${JSON.stringify(shorten(word))}`;
  });
  const key = `${layer.prefix.slice(0, -1)}${parts.join("")}`;
  return key.replace(/^\./, "");
}

function explain(
  layer: Layer,
  issue: z.core.$ZodIssue,
  path: readonly PropertyKey[],
): ConfigurationProblem[] {
  const at = (message: string, close: string | null = null) => [problemAt(layer, path, message, close)];
  const given = valueAt(layer.keys, path);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.slice(0, MAX_PROBLEMS).map((word) => {
        const known = knownKeys(path);
        const message =
          path[0] === "severity" ? `there is no rule ${shown(word)}` : `there is no key ${shown(word)}`;
        return problemAt(layer, [...path, word], message, nearestOf(word, known));
      });
    case "invalid_value": {
      const words = issue.values.map(String);
      if (typeof given !== "string") return at(`it must be a string, not ${kindOf(given)}`);
      const close = nearestOf(given, words);
      if (words.length > 20) return at(`there is no rule ${shown(given)}`, close);
      return at(`${shown(given)} is none of ${words.map((word) => `\`${word}\``).join(", ")}`, close);
    }
    case "invalid_type":
      return at(`it must be ${EXPECTED[issue.expected] ?? issue.expected}, not ${kindOf(given)}`);
    case "too_big":
      return at(
        issue.origin === "number"
          ? `it must be at most ${issue.maximum}`
          : `it must not have more than ${issue.maximum} ${issue.origin === "string" ? "characters" : "items"}`,
      );
    case "too_small":
      return at(issue.origin === "number" ? `it must be at least ${issue.minimum}` : "it must not be empty");
    case "invalid_key":
      return at("a glob must not be empty, begin with `!` or be longer than 300 characters");
    case "invalid_union": {
      // An entry of `blocking-calls`: a string, or else a table that lacks something.
      const inner = typeof given === "object" && given !== null ? issue.errors.at(-1) : undefined;
      if (inner === undefined)
        return at(`it must be a string or a table with a \`name\`, not ${kindOf(given)}`);
      return inner.flatMap((one) => explain(layer, one, [...path, ...one.path]));
    }
    case "invalid_format":
      if (path[0] !== "blocking-calls") return at("a glob must not begin with `!`");
      return at(
        `${shown(String(given))} is no group and no name with its module (\`package.function\`)`,
        nearestOf(String(given), BLOCKING_GROUPS),
      );
    default:
      return at("it cannot be used");
  }
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: "a string",
  array: "a list",
  object: "a table of keys",
  record: "a table of keys",
  boolean: "`true` or `false`",
  number: "a number",
  int: "a whole number",
};

function kindOf(value: unknown): string {
  if (value === undefined) return "absent";
  if (value === null) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number") return Number.isInteger(value) ? "a number" : "a fraction";
  if (typeof value === "object") return value instanceof Date ? "a date" : "a table";
  return typeof value === "string" ? "a string" : `\`${String(value)}\``;
}

function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  if (path.length === 0) return SETTING_KEYS;
  const [first] = path;
  if (first === "severity") return RULE_WORDS;
  if (first === "labels") return ["only", "skip"];
  return first === "authors" ? ["skip"] : ["name", "replacement", "group"];
}

function nearestOf(word: string, candidates: readonly string[]): string | null {
  return word.length > MAX_SHOWN ? null : nearest(word, candidates);
}

function shorten(word: string): string {
  return word.length > MAX_SHOWN ? `${word.slice(0, MAX_SHOWN)}…` : word;
}

/** A word of the file as code: without what would end the code or the line. */
function shown(word: string): string {
  return `\`${shorten(word).replace(/[`\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "?")}\``;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, part) =>
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, part)
        ? (inner as Record<PropertyKey, unknown>)[part]
        : undefined,
    value,
  );
}
