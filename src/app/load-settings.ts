import { problemAt } from "../configuration/check-layer.ts";
import { combineLayers } from "../configuration/combine-layers.ts";
import { createSettings } from "../configuration/create-settings.ts";
import { generatedPaths } from "../configuration/generated-paths.ts";
import { type ConfigurationProblem, type Layer, type ReadLayer, refuse } from "../configuration/layer.ts";
import { CONFIGURATION_FILES } from "../configuration/read-project-settings.ts";
import { readToml } from "../configuration/read-toml.ts";
import { readYaml } from "../configuration/read-yaml.ts";
import { EXTENDS } from "../configuration/schema.ts";
import type { Settings } from "../configuration/settings.ts";
import type { GitHubClient, Repository } from "../github/client.ts";
import {
  type ConfigurationFiles,
  type RemoteFile,
  readConfigurationFile,
} from "../github/configuration-files.ts";

/** Repositories that a chain of `_extends` may lead through. */
const MAX_HOPS = 3;

/** The settings that a repository is reviewed by. */
export interface LoadedSettings {
  /** Those of the configuration; the defaults where anything is wrong in it. */
  readonly settings: Settings;
  /** Everything that is wrong in the configuration's files, for the check run. */
  readonly problems: readonly ConfigurationProblem[];
  /** True for files that `.gitattributes` marks as generated or vendored. */
  isGenerated(path: string): boolean;
}

/** Where a file of settings lies. */
interface Place extends Repository {
  readonly path: string;
}

/**
 * The settings from the configuration's files: `.github/yieldsign.yml`, or else `[tool.yieldsign]` of
 * `pyproject.toml`, or else `.github/yieldsign.yml` of the owner's repository `.github`; then what `_extends` names, key
 * by key, as @probot/octokit-plugin-config reads it. Asks GitHub once for each `_extends`, otherwise never.
 * @throws GitHubError when GitHub cannot be asked; what it does not show is a problem, no error.
 */
export async function loadSettings(
  client: GitHubClient,
  repository: Repository,
  files: ConfigurationFiles,
): Promise<LoadedSettings> {
  const { attributes } = files;
  const isGenerated = generatedPaths(
    attributes?.ok === true ? [{ path: ".gitattributes", text: attributes.text }] : [],
  );
  const first = firstLayer(repository, files);
  if (first === null) return { settings: createSettings(), problems: [], isGenerated };
  const layers: Layer[] = [];
  const seen = new Set<string>();
  for (let { place, read } = first; ; ) {
    if (!read.ok) return { settings: createSettings(), problems: [read.problem], isGenerated };
    const { layer } = read;
    if (layer === null) break;
    layers.push(layer);
    seen.add(keyOf(place));
    const target = targetOf(layer.inherits, place);
    if (target === null) break;
    const fail = (message: string): LoadedSettings => {
      const problems = [problemAt(layer, ["_extends"], message)];
      return { settings: createSettings(), problems, isGenerated };
    };
    if (layer.prefix !== "") return fail("it is for `.github/yieldsign.yml` only");
    const name = `\`${target.owner}/${target.repo}:${target.path}\``;
    if (seen.has(keyOf(target))) return fail(`${name} was read already: the files extend each other`);
    if (layers.length > MAX_HOPS) return fail(`more than ${MAX_HOPS} files extend each other`);
    const file = await readConfigurationFile(client, target, target.path);
    if (file === null) return fail(`${name} does not exist, or Yieldsign is not installed there`);
    place = target;
    read = readFile(nameOf(target, repository), file);
  }
  return { ...combineLayers(layers), isGenerated };
}

function firstLayer(
  repository: Repository,
  { yaml, toml, organisationYaml }: ConfigurationFiles,
): { readonly place: Place; readonly read: ReadLayer } | null {
  const [path, tomlPath] = CONFIGURATION_FILES;
  const own = { ...repository, path };
  if (yaml !== null) return { place: own, read: readFile(path, yaml) };
  // A `pyproject.toml` that cannot be read is other tools' concern.
  const read: ReadLayer = toml?.ok === true ? readToml(tomlPath, toml.text) : { ok: true, layer: null };
  if (!read.ok || read.layer !== null) return { place: { ...repository, path: tomlPath }, read };
  if (organisationYaml === null) return null;
  const place = { owner: repository.owner, repo: ".github", path };
  return { place, read: readFile(nameOf(place, repository), organisationYaml) };
}

function readFile(name: string, file: RemoteFile): ReadLayer {
  if (file.ok) return readYaml(name, file.text);
  return refuse(name, { line: 1, column: 1 }, "", `the file ${file.reason}`);
}

/** Null where nothing is extended, and where what stands there is no target: the validation says so. */
function targetOf(inherits: unknown, from: Place): Place | null {
  const match = typeof inherits === "string" ? EXTENDS.exec(inherits) : null;
  if (match === null) return null;
  const [, owner = from.owner, repo = "", path = CONFIGURATION_FILES[0]] = match;
  return { owner, repo, path };
}

/** GitHub does not tell names of owners and repositories apart by case. */
function keyOf({ owner, repo, path }: Place): string {
  return `${owner}/${repo}`.toLowerCase().concat(":", path);
}

function nameOf(place: Place, repository: Repository): string {
  const isOwn = place.owner === repository.owner && place.repo === repository.repo;
  return isOwn ? place.path : `${place.owner}/${place.repo}:${place.path}`;
}
