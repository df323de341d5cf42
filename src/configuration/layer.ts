/** A place in a file, 1-based. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** What is wrong in a configuration, and where. */
export interface ConfigurationProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The key as it is written in this file ("tool.yieldsign.select[1]"); "" where the file as a whole is meant. */
  readonly key: string;
  /** Plain text, code in back-ticks, with words of the file in it: whoever shows it as Markdown escapes it. */
  readonly message: string;
  /** The valid word that was probably meant, or null. */
  readonly nearest: string | null;
}

/** The settings of one file, not validated yet. */
export interface Layer {
  /** As people name it; with the repository in front where it is another one. */
  readonly file: string;
  /** In front of every key: "tool.yieldsign." in `pyproject.toml`, otherwise "". */
  readonly prefix: string;
  readonly keys: Readonly<Record<string, unknown>>;
  /** What `_extends` says, undefined where it does not stand. */
  readonly inherits: unknown;
  /** The place of a key or an item, or of the nearest one around it. */
  locate(path: readonly PropertyKey[]): Place;
}

/** A file that was read: its settings, null where it has none, or what is wrong with it. */
export type ReadLayer =
  | { readonly ok: true; readonly layer: Layer | null }
  | { readonly ok: false; readonly problem: ConfigurationProblem };

/** Larger files are refused: nobody writes such settings, and reading them would cost too much. */
export const MAX_CONFIGURATION_CHARACTERS = 100_000;

/** The layer of a parsed document; keys that are about the file itself are taken out. */
export function toLayer(file: string, prefix: string, settings: unknown, locate: Layer["locate"]): ReadLayer {
  if (typeof settings !== "object" || settings === null || Array.isArray(settings))
    return refuse(file, locate([]), prefix.slice(0, -1), "the settings must be a table of keys");
  const { $schema: _, _extends: inherits, ...keys } = settings as Record<string, unknown>;
  return { ok: true, layer: { file, prefix, keys, inherits, locate } };
}

/** A file that cannot be used as a whole. */
export function refuse(file: string, place: Place, key: string, message: string): ReadLayer {
  return { ok: false, problem: { file, ...place, key, message, nearest: null } };
}
