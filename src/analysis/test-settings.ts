import { parse } from "smol-toml";
import type { TestSettings } from "../project/test-settings.ts";
import type { Manifest } from "./analyser.ts";

// Plugins that run asynchronous tests or fixtures without a mark, or in a way that is not known here.
const OTHER_PLUGINS =
  /\b(pytest[-_](aiohttp|anyio|trio|twisted|tornado|tornasync|sanic|curio|quart|asyncio[-_]cooperative)|alt[-_]pytest[-_]asyncio|anyio_mode|trio_mode)\b/i;

/**
 * What the root's `pyproject.toml`, `pytest.ini`, `tox.ini` and `setup.cfg` say about asynchronous tests. Only
 * settings that name pytest-asyncio's strict mode count: elsewhere a command line may choose another one.
 */
export function readTestSettings(manifests: readonly Manifest[]): TestSettings {
  const silent: TestSettings = { needsMarks: false, testPaths: [] };
  let isStrict = false;
  let testPaths: readonly string[] = [];
  for (const { path, text } of manifests) {
    if (OTHER_PLUGINS.test(text) && !path.endsWith(".lock")) return silent;
    if (/asyncio[-_]mode\s*=\s*["']?auto\b/.test(text)) return silent;
    const settings = path === "pyproject.toml" ? fromToml(text) : fromIni(path, text);
    if (settings === null) continue;
    isStrict ||= settings.mode === "strict";
    testPaths = settings.testPaths;
  }
  return isStrict ? { needsMarks: true, testPaths } : silent;
}

interface Settings {
  readonly mode: string | null;
  readonly testPaths: readonly string[];
}

function fromToml(text: string): Settings | null {
  try {
    const tool = tableOf(parse(text).tool);
    const options = tableOf(tableOf(tool.pytest).ini_options);
    const { asyncio_mode: mode, testpaths: paths } = options;
    const listed = typeof paths === "string" ? paths.split(/\s+/) : Array.isArray(paths) ? paths : [];
    return {
      mode: typeof mode === "string" ? mode : null,
      testPaths: listed.filter((one): one is string => typeof one === "string" && one !== ""),
    };
  } catch {
    return null;
  }
}

const SECTIONS: ReadonlyMap<string, string> = new Map([
  ["pytest.ini", "[pytest]"],
  [".pytest.ini", "[pytest]"],
  ["tox.ini", "[pytest]"],
  ["setup.cfg", "[tool:pytest]"],
]);

function fromIni(path: string, text: string): Settings | null {
  const section = SECTIONS.get(path);
  if (section === undefined) return null;
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((line) => line.trim() === section);
  if (start === -1) return null;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => line.startsWith("["));
  const own = end === -1 ? rest : rest.slice(0, end);
  const read = (name: string): string | null => {
    const line = own.find((one) => one.startsWith(name) && /^\s*=/.test(one.slice(name.length)));
    return line === undefined ? null : line.slice(line.indexOf("=") + 1).trim();
  };
  const paths =
    read("testpaths")
      ?.split(/\s+/)
      .filter((one) => one !== "") ?? [];
  return { mode: read("asyncio_mode"), testPaths: paths };
}

type Table = Readonly<Record<string, unknown>>;

function tableOf(value: unknown): Table {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Table) : {};
}
