import * as z from "zod/mini";
import { BLOCKING_GROUPS } from "../project/blocking-table.ts";
import { RULES } from "../rules/index.ts";

/** Most inline comments that a review may have; a page with hundreds of them stops loading. */
const MAX_COMMENTS = 30;
const MAX_LIST = 500;
const MAX_WORD = 300;

const codes = RULES.map(({ code }) => code);
const prefixes = codes.flatMap((code) => Array.from(code.slice(2), (_, end) => code.slice(0, end + 2)));

/** What may name rules: names, codes, beginnings of codes and `ALL`. */
export const RULE_WORDS: readonly string[] = [
  ...new Set(["ALL", ...RULES.map(({ name }) => name), ...prefixes, ...codes]),
];

/** A dotted name with its module in front, so that it means one thing only. */
const DOTTED =
  "[A-Za-z_][A-Za-z0-9_]*(?:\\(\\)|\\[\\])*(?:\\.(?:[A-Za-z_][A-Za-z0-9_]*|\\*)(?:\\(\\)|\\[\\])*)+";

function described<Schema extends z.ZodMiniType>(schema: Schema, description: string): Schema {
  z.globalRegistry.add(schema, { description });
  return schema;
}

const rule = z.enum(RULE_WORDS as [string, ...string[]]).register(z.globalRegistry, { id: "rule" });
// A description belongs to one schema object, so each use makes its own.
const rules = () => z.array(rule).check(z.maxLength(MAX_LIST));
const glob = () => z.string().check(z.minLength(1), z.maxLength(MAX_WORD), z.regex(/^[^!]/));
const globs = () => z.array(glob()).check(z.maxLength(MAX_LIST));
const word = () => z.string().check(z.minLength(1), z.maxLength(MAX_WORD));
const words = () => z.array(word()).check(z.maxLength(MAX_LIST));

const blockingName = z.string().check(z.maxLength(MAX_WORD), z.regex(new RegExp(`^${DOTTED}$`)));
const blockingWord = z
  .string()
  .check(z.maxLength(MAX_WORD), z.regex(new RegExp(`^(?:${BLOCKING_GROUPS.join("|")}|!.+|${DOTTED})$`)));
const blockingEntry = z.strictObject({
  name: described(blockingName, "The call, with its module: `package.function`."),
  replacement: z.optional(described(word(), "What to use instead.")),
  group: z.optional(described(z.enum(BLOCKING_GROUPS), "What the call waits for; `io` by default.")),
});

/** The shape of the settings, without the keys that are about the file itself. */
export const SETTINGS_SCHEMA = z.strictObject({
  select: z.optional(
    described(
      rules(),
      "Rules that run, by name, code, beginning of a code or `ALL`, in place of those on by default.",
    ),
  ),
  ignore: z.optional(described(rules(), "Rules that do not run.")),
  "per-path-ignores": z.optional(
    described(
      z.record(glob(), rules()),
      "Rules that do not run in some files: from a glob to a list of rules.",
    ),
  ),
  include: z.optional(
    described(globs(), "Globs of the files that are checked; by default all Python files."),
  ),
  exclude: z.optional(described(globs(), "Globs of files and folders that are not checked.")),
  severity: z.optional(
    described(
      z.partialRecord(rule, z.enum(["error", "warning", "info"])),
      "How much findings matter: from a rule to `error`, `warning` or `info`.",
    ),
  ),
  "fail-on": z.optional(
    described(
      z.enum(["error", "warning", "never"]),
      "The least severity that makes the check fail; `never` by default.",
    ),
  ),
  "max-comments": z.optional(
    described(
      z.int().check(z.gte(0), z.lte(MAX_COMMENTS)),
      "Most inline comments of a review, the most severe first; 10 by default.",
    ),
  ),
  drafts: z.optional(described(z.boolean(), "Whether drafts are reviewed; `false` by default.")),
  branches: z.optional(described(globs(), "Globs of the target branches whose pull requests are reviewed.")),
  labels: z.optional(
    described(
      z.strictObject({
        only: z.optional(described(words(), "Only pull requests with one of these labels are reviewed.")),
        skip: z.optional(described(words(), "Pull requests with one of these labels are not reviewed.")),
      }),
      "Pull requests that are reviewed, by their labels.",
    ),
  ),
  authors: z.optional(
    described(
      z.strictObject({
        skip: z.optional(
          described(words(), "Logins whose pull requests are not reviewed; `bots` means every bot."),
        ),
      }),
      "Pull requests that are reviewed, by their authors.",
    ),
  ),
  "blocking-calls": z.optional(
    described(
      z.array(z.union([blockingWord, blockingEntry])).check(z.maxLength(MAX_LIST)),
      "Calls that block the thread they run in: additions, groups to switch on, and `!name` to take one out.",
    ),
  ),
  sarif: z.optional(
    described(z.boolean(), "Whether findings are uploaded to code scanning too; `false` by default."),
  ),
});

/** Settings as a file says them; absent keys leave the defaults. */
export type RawSettings = z.infer<typeof SETTINGS_SCHEMA>;

/** Keys of the settings, in the order in which they are described. */
export const SETTING_KEYS = Object.keys(SETTINGS_SCHEMA.shape) as readonly (keyof RawSettings)[];

/** `OWNER/REPOSITORY:PATH`, of which only the repository is needed, as Probot's configurations have it. */
export const EXTENDS =
  /^(?:([A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38})\/)?([-_.A-Za-z0-9]{1,100})(?::([-_./A-Za-z0-9]{1,200}\.ya?ml))?$/;

const FILE_SCHEMA = z.extend(SETTINGS_SCHEMA, {
  $schema: z.optional(described(z.string(), "The address of this schema, for editors.")),
  _extends: z.optional(
    described(
      z.string().check(z.regex(EXTENDS)),
      "A repository whose settings count where this file is silent: `repository`, `owner/repository` or `owner/repository:path.yml`.",
    ),
  ),
});

/** The JSON schema (draft-07) of `.github/yieldsign.yml`. */
export function jsonSchema(): object {
  const { $schema, ...rest } = z.toJSONSchema(FILE_SCHEMA, { target: "draft-7" });
  return {
    $schema,
    $id: "https://raw.githubusercontent.com/yieldsign/yieldsign/main/schema.json",
    title: "Settings of Yieldsign",
    ...rest,
  };
}
