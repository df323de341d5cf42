import { parseArgs } from "node:util";
import type { NewRule } from "./templates.ts";

/** What is known of the rules that exist. */
export interface KnownRules {
  /** Names that are taken: files of `src/rules/`, folders of `fixtures/rules/`. */
  readonly names: readonly string[];
  readonly codes: readonly string[];
}

/** The rule that a command line asks for. @throws Error with a sentence for the person who typed it. */
export function readCommand(parameters: readonly string[], known: KnownRules): NewRule {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    options: { code: { type: "string" } },
    allowPositionals: true,
  });
  const [name, ...others] = positionals;
  const { code } = values;
  if (name === undefined || others.length > 0 || code === undefined)
    throw new Error("usage: npm run new-rule NAME -- --code YS123");
  if (!/^[a-z]+(?:-[a-z0-9]+)+$/.test(name))
    throw new Error(`${name} is no name for a rule: write words in kebab-case, as in await-async-generator`);
  if (!/^YS[1-9]\d\d$/.test(code)) throw new Error(`${code} is no code for a rule: YS and three digits`);
  if (known.names.includes(name)) throw new Error(`${name} exists already`);
  if (known.codes.includes(code)) throw new Error(`${code} is another rule's code`);
  return { name, code };
}
