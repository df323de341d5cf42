import { parse, TomlError } from "smol-toml";
import { MAX_CONFIGURATION_CHARACTERS, type Place, type ReadLayer, refuse, toLayer } from "./layer.ts";
import { tomlPlaces } from "./toml-places.ts";

const PREFIX = "tool.yieldsign.";

/**
 * Reads `[tool.yieldsign]` of a `pyproject.toml`. A file that is no TOML is other tools' concern unless it mentions
 * our table.
 */
export function readToml(file: string, source: string): ReadLayer {
  const text = source.replace(/^\uFEFF/, "");
  if (!text.includes("yieldsign")) return { ok: true, layer: null };
  const start: Place = { line: 1, column: 1 };
  // Other tools' settings make it long; what is ours is small.
  if (text.length > 10 * MAX_CONFIGURATION_CHARACTERS)
    return refuse(file, start, "", `it is longer than ${10 * MAX_CONFIGURATION_CHARACTERS} characters`);
  let document: Readonly<Record<string, unknown>>;
  try {
    document = parse(text);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (!/^\s*\[\s*tool\s*\.\s*yieldsign\b/m.test(text)) return { ok: true, layer: null };
    const place = error instanceof TomlError ? { line: error.line, column: error.column } : start;
    const [, words = ""] = /^(?:Invalid TOML document: )?([^\n]*)/.exec(error.message) ?? [];
    return refuse(file, place, "", `it is not valid TOML: ${words}`);
  }
  const tool = own(document, "tool");
  const settings = own(tool, "yieldsign");
  if (settings === undefined) return { ok: true, layer: null };
  const places = tomlPlaces(text);
  const locate = (path: readonly PropertyKey[]): Place => {
    for (let length = path.length; length >= 0; length--) {
      const known = places.get(JSON.stringify(["tool", "yieldsign", ...path.slice(0, length)].map(String)));
      if (known !== undefined) return known;
    }
    return start;
  };
  return toLayer(file, PREFIX, settings, locate);
}

function own(table: unknown, key: string): unknown {
  return typeof table === "object" && table !== null && Object.hasOwn(table, key)
    ? (table as Readonly<Record<string, unknown>>)[key]
    : undefined;
}
