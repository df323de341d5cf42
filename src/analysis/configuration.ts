import { parse as parseToml } from "smol-toml";
import { parse as parseYaml } from "yaml";
import * as z from "zod/mini";
import {
  BLOCKING_GROUPS,
  type BlockingAdjustment,
  type BlockingGroup,
  type BlockingRow,
} from "../project/blocking-table.ts";
import type { Manifest } from "./analyser.ts";

/** What a project's own settings say; absent keys leave the defaults. */
export interface Configuration {
  /** Rules that run, as `--select` takes them. */
  readonly select?: readonly string[] | undefined;
  /** Rules that do not run, as `--ignore` takes them. */
  readonly ignore?: readonly string[] | undefined;
  readonly blockingCalls?: BlockingAdjustment | undefined;
}

/** Files that settings are read from; where both have some, those of the first count. */
export const CONFIGURATION_FILES = [".github/yieldsign.yml", "pyproject.toml"] as const;

/** A setting that cannot be followed; the message does not name the file. */
export class ConfigurationError extends Error {
  /** The word that is wrong, and the words that would be right; for a suggestion. */
  readonly word: string;
  readonly candidates: readonly string[];
  constructor(message: string, word = "", candidates: readonly string[] = []) {
    super(message);
    this.word = word;
    this.candidates = candidates;
  }
}

const ENTRY = z.strictObject({
  name: z.string(),
  replacement: z.optional(z.string()),
  group: z.optional(z.enum(BLOCKING_GROUPS)),
});

const SETTINGS = z.strictObject({
  select: z.optional(z.array(z.string())),
  ignore: z.optional(z.array(z.string())),
  "blocking-calls": z.optional(z.array(z.union([z.string(), ENTRY]))),
});

/** Keys that are known today. */
const KEYS = ["select", "ignore", "blocking-calls"];

/** Settings and where they stand: a file, and the prefix of keys in it. */
export interface ConfigurationSource {
  readonly path: string;
  readonly prefix: string;
  /** @throws ConfigurationError for what cannot be followed. */
  read(): Configuration;
}

/**
 * The settings of `.github/yieldsign.yml`, or else those in `[tool.yieldsign]` of the root's `pyproject.toml`; null
 * where there are none.
 */
export function findConfiguration(manifests: readonly Manifest[]): ConfigurationSource | null {
  const [yaml, toml] = CONFIGURATION_FILES.map((name) => manifests.find(({ path }) => path === name));
  if (yaml !== undefined)
    return { path: yaml.path, prefix: "", read: () => toConfiguration(readYaml(yaml.text), "") };
  const table = toml === undefined ? undefined : ownTable(toml.text);
  if (toml === undefined || table === undefined) return null;
  const prefix = "tool.yieldsign.";
  return { path: toml.path, prefix, read: () => toConfiguration(table, prefix) };
}

function toConfiguration(settings: unknown, prefix: string): Configuration {
  const parsed = z.safeParse(SETTINGS, settings);
  if (!parsed.success) throw explain(parsed.error.issues[0], prefix);
  const { select, ignore, "blocking-calls": calls } = parsed.data;
  return { select, ignore, blockingCalls: calls === undefined ? undefined : adjustment(calls, prefix) };
}

/** An empty file has no settings. @throws ConfigurationError with line and column. */
function readYaml(text: string): unknown {
  try {
    return parseYaml(text) ?? {};
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new ConfigurationError(error.message.split("\n")[0]?.replace(/:$/, "") ?? "it is not valid YAML");
  }
}

/** `tool.yieldsign`; a file that is no TOML at all is other tools' concern. */
function ownTable(text: string): unknown {
  let document: Readonly<Record<string, unknown>>;
  try {
    document = parseToml(text);
  } catch {
    return undefined;
  }
  const { tool } = document;
  return typeof tool === "object" && tool !== null && Object.hasOwn(tool, "yieldsign")
    ? (tool as Readonly<Record<string, unknown>>).yieldsign
    : undefined;
}

function explain(issue: z.core.$ZodIssue | undefined, prefix: string): ConfigurationError {
  // What no form of an entry fits is explained by the form with the most said about it.
  const inner = issue?.code === "invalid_union" ? issue.errors.at(-1)?.[0] : undefined;
  const path = [...(issue?.path ?? []), ...(inner?.path ?? [])];
  const cause = inner ?? issue;
  const own = path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : `${text}.${String(part)}`),
    prefix.slice(0, -1),
  );
  const key = own === "" ? "it" : own.replace(/^\./, "");
  if (cause?.code === "unrecognized_keys") {
    const [unknown = ""] = cause.keys;
    const known = path.length === 0 ? KEYS : ["name", "replacement", "group"];
    return new ConfigurationError(`${key} has no key ${unknown}`, unknown, known);
  }
  if (cause?.code === "invalid_value")
    return new ConfigurationError(`${key} must be one of ${BLOCKING_GROUPS.join(", ")}`);
  if (cause?.code === "invalid_type")
    return new ConfigurationError(`${key} must be ${EXPECTED[cause.expected] ?? "something else"}`);
  return new ConfigurationError(`${key} cannot be read`);
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: "a string",
  array: "a list",
  object: "a table with a name",
};

function adjustment(
  entries: readonly (string | z.infer<typeof ENTRY>)[],
  prefix: string,
): BlockingAdjustment {
  const added: BlockingRow[] = [];
  const removed: string[] = [];
  const groups: BlockingGroup[] = [];
  for (const entry of entries) {
    if (typeof entry !== "string") {
      const { name, group = "io", replacement = null } = entry;
      added.push({ group, names: [dotted(name, prefix)], replacement });
      continue;
    }
    const group = BLOCKING_GROUPS.find((one) => one === entry);
    if (group !== undefined) groups.push(group);
    else if (entry.startsWith("!")) removed.push(entry.slice(1));
    else added.push({ group: "io", names: [dotted(entry, prefix)], replacement: null });
  }
  return { added, removed, groups };
}

/** A name has its module in front, so that it means one thing only. */
function dotted(name: string, prefix: string): string {
  if (/^[A-Za-z_]\w*(\(\)|\[\])*(\.([A-Za-z_]\w*|\*)(\(\)|\[\])*)+$/.test(name)) return name;
  throw new ConfigurationError(
    `${prefix}blocking-calls: ${name} is no group and no name with its module ("package.function")`,
    name,
    BLOCKING_GROUPS,
  );
}
