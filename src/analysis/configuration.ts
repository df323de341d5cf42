import { parse } from "smol-toml";
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

/** The file that settings are read from. */
export const CONFIGURATION_FILE = "pyproject.toml";

/** A setting that cannot be followed. */
export class ConfigurationError extends Error {
  /** The word that is wrong, and the words that would be right; for a suggestion. */
  readonly word: string;
  readonly candidates: readonly string[];
  constructor(message: string, word = "", candidates: readonly string[] = []) {
    super(`${CONFIGURATION_FILE}: ${message}`);
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

/** The settings in `[tool.yieldsign]` of the root's `pyproject.toml`. @throws ConfigurationError for what cannot be followed. */
export function readConfiguration(manifests: readonly Manifest[]): Configuration {
  const file = manifests.find(({ path }) => path === CONFIGURATION_FILE);
  const table = file === undefined ? undefined : ownTable(file.text);
  if (table === undefined) return {};
  const parsed = z.safeParse(SETTINGS, table);
  if (!parsed.success) throw explain(parsed.error.issues[0]);
  const { select, ignore, "blocking-calls": calls } = parsed.data;
  return { select, ignore, blockingCalls: calls === undefined ? undefined : adjustment(calls) };
}

/** `tool.yieldsign`; a file that is no TOML at all is other tools' concern. */
function ownTable(text: string): unknown {
  let document: Readonly<Record<string, unknown>>;
  try {
    document = parse(text);
  } catch {
    return undefined;
  }
  const { tool } = document;
  return typeof tool === "object" && tool !== null && Object.hasOwn(tool, "yieldsign")
    ? (tool as Readonly<Record<string, unknown>>).yieldsign
    : undefined;
}

function explain(issue: z.core.$ZodIssue | undefined): ConfigurationError {
  // What no form of an entry fits is explained by the form with the most said about it.
  const inner = issue?.code === "invalid_union" ? issue.errors.at(-1)?.[0] : undefined;
  const path = [...(issue?.path ?? []), ...(inner?.path ?? [])];
  const cause = inner ?? issue;
  const key = path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : `${text}.${String(part)}`),
    "tool.yieldsign",
  );
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

function adjustment(entries: readonly (string | z.infer<typeof ENTRY>)[]): BlockingAdjustment {
  const added: BlockingRow[] = [];
  const removed: string[] = [];
  const groups: BlockingGroup[] = [];
  for (const entry of entries) {
    if (typeof entry !== "string") {
      const { name, group = "io", replacement = null } = entry;
      added.push({ group, names: [dotted(name)], replacement });
      continue;
    }
    const group = BLOCKING_GROUPS.find((one) => one === entry);
    if (group !== undefined) groups.push(group);
    else if (entry.startsWith("!")) removed.push(entry.slice(1));
    else added.push({ group: "io", names: [dotted(entry)], replacement: null });
  }
  return { added, removed, groups };
}

/** A name has its module in front, so that it means one thing only. */
function dotted(name: string): string {
  if (/^[A-Za-z_]\w*(\(\)|\[\])*(\.([A-Za-z_]\w*|\*)(\(\)|\[\])*)+$/.test(name)) return name;
  throw new ConfigurationError(
    `tool.yieldsign.blocking-calls: ${name} is no group and no name with its module ("package.function")`,
    name,
    BLOCKING_GROUPS,
  );
}
