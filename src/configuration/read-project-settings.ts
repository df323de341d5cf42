import { problemAt } from "./check-layer.ts";
import { type ConfiguredSettings, combineLayers, type Overrides } from "./combine-layers.ts";
import { createSettings } from "./create-settings.ts";
import { readToml } from "./read-toml.ts";
import { readYaml } from "./read-yaml.ts";

/** Files that settings are read from; where both have some, those of the first count. */
export const CONFIGURATION_FILES = [".github/yieldsign.yml", "pyproject.toml"] as const;

/**
 * The settings of a working tree: those of `.github/yieldsign.yml`, or else those in `[tool.yieldsign]` of
 * `pyproject.toml`. `_extends` is validated and not followed.
 */
export function readProjectSettings(
  files: readonly { readonly path: string; readonly text: string }[],
  overrides: Overrides = {},
): ConfiguredSettings {
  const [yaml, toml] = CONFIGURATION_FILES.map((name) => files.find(({ path }) => path === name));
  const read =
    yaml !== undefined
      ? readYaml(yaml.path, yaml.text)
      : toml !== undefined
        ? readToml(toml.path, toml.text)
        : null;
  if (read === null) return combineLayers([], overrides);
  if (!read.ok) return { settings: createSettings(), problems: [read.problem] };
  const { layer } = read;
  if (layer === null) return combineLayers([], overrides);
  if (layer.prefix !== "" && layer.inherits !== undefined)
    return {
      settings: createSettings(),
      problems: [problemAt(layer, ["_extends"], "it is for `.github/yieldsign.yml` only")],
    };
  return combineLayers([layer], overrides);
}
