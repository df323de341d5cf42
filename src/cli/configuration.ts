import type { SourceTree } from "../analysis/analyser.ts";
import {
  type Configuration,
  ConfigurationError,
  type ConfigurationSource,
  findConfiguration,
} from "../analysis/configuration.ts";
import { nearest } from "../rules/nearest.ts";
import { selectRules } from "./select-rules.ts";
import { UsageError } from "./usage-error.ts";

/** What the project's file and the command line say together: rules to run, and the table of blocking calls. */
export interface Settings {
  readonly codes: Set<string>;
  readonly blockingCalls: Configuration["blockingCalls"];
}

/**
 * The settings of a check: options of the command line win over the project's file, key by key. @throws UsageError
 * naming the file, the key and the nearest valid name.
 */
export function settingsOf(
  tree: SourceTree,
  options: { readonly select?: string | undefined; readonly ignore?: string | undefined },
): Settings {
  const source = findConfiguration(tree.manifests?.() ?? []);
  const configuration = source === null ? {} : read(source);
  const list = (key: "select" | "ignore"): string | undefined => {
    const own = configuration[key]?.join(",");
    if (own !== undefined && options[key] === undefined)
      checkRules(`${source?.path}: ${source?.prefix}${key}`, own);
    return options[key] ?? own;
  };
  return { codes: selectRules(list("select"), list("ignore")), blockingCalls: configuration.blockingCalls };
}

function read(source: ConfigurationSource): Configuration {
  try {
    return source.read();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const close = nearest(error.word, error.candidates);
    const hint = close === null ? "" : `; did you mean ${close}?`;
    throw new UsageError(`${source.path}: ${error.message}${hint}`);
  }
}

/** Says in which file and key a rule that does not exist stands. */
function checkRules(place: string, words: string): void {
  try {
    selectRules(words, undefined);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${place}: ${error.message}`);
  }
}
