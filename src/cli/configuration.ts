import type { SourceTree } from "../analysis/analyser.ts";
import {
  CONFIGURATION_FILE,
  type Configuration,
  ConfigurationError,
  readConfiguration,
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
  const configuration = configurationOf(tree);
  const list = (key: "select" | "ignore"): string | undefined => {
    const own = configuration[key]?.join(",");
    if (own !== undefined && options[key] === undefined) checkRules(key, own);
    return options[key] ?? own;
  };
  return { codes: selectRules(list("select"), list("ignore")), blockingCalls: configuration.blockingCalls };
}

function configurationOf(tree: SourceTree): Configuration {
  try {
    return readConfiguration(tree.manifests?.() ?? []);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const close = nearest(error.word, error.candidates);
    throw new UsageError(close === null ? error.message : `${error.message}; did you mean ${close}?`);
  }
}

/** Says which file and key a rule that does not exist stands in. */
function checkRules(key: string, words: string): void {
  try {
    selectRules(words, undefined);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${CONFIGURATION_FILE}: tool.yieldsign.${key}: ${error.message}`);
  }
}
