import { checkLayer } from "./check-layer.ts";
import { createSettings } from "./create-settings.ts";
import type { ConfigurationProblem, Layer } from "./layer.ts";
import { type RawSettings, SETTING_KEYS } from "./schema.ts";
import type { Settings } from "./settings.ts";

/** Settings, and what is wrong in the configuration; where anything is, the defaults apply. */
export interface ConfiguredSettings {
  readonly settings: Settings;
  readonly problems: readonly ConfigurationProblem[];
}

/** Keys that an option of the command line says instead. */
export type Overrides = Readonly<Pick<RawSettings, "select" | "ignore">>;

/**
 * The settings of several files, of which the first that has a key decides it; options of the command line go before
 * all. Every file is validated whole.
 */
export function combineLayers(layers: readonly Layer[], overrides: Overrides = {}): ConfiguredSettings {
  const values: RawSettings = {};
  const origins = new Map<keyof RawSettings, string>();
  const problems: ConfigurationProblem[] = [];
  const take = (settings: RawSettings, origin: (key: keyof RawSettings) => string): void => {
    for (const key of SETTING_KEYS) {
      if (settings[key] === undefined || origins.has(key)) continue;
      Object.assign(values, { [key]: settings[key] });
      origins.set(key, origin(key));
    }
  };
  take(overrides, (key) => `--${key}`);
  for (const layer of layers) {
    const checked = checkLayer(layer);
    if (checked.ok) take(checked.settings, (key) => `${layer.file}:${layer.locate([key]).line}`);
    else problems.push(...checked.problems);
  }
  const settings = problems.length === 0 ? createSettings(values, origins) : createSettings();
  return { settings, problems };
}
