import { parse } from "smol-toml";
import type { Manifest } from "./analyser.ts";

type Table = Readonly<Record<string, unknown>>;

/**
 * Folders that a repository's `pyproject.toml` names as homes of its packages: setuptools' `package-dir` and
 * `packages.find.where`, Poetry's `packages.from`, Hatch's `sources` and wheel `packages`, PDM's `package-dir`, uv's
 * `module-root`. A file that cannot be read names none.
 */
export function packageRoots(manifests: readonly Manifest[]): string[] {
  const project = manifests.find(({ path }) => path === "pyproject.toml");
  if (project === undefined) return [];
  let tool: Table;
  try {
    tool = tableOf(parse(project.text).tool);
  } catch {
    return [];
  }
  const setuptools = tableOf(tool.setuptools);
  const wheel = at(tool, "hatch", "build", "targets", "wheel");
  const roots = [
    tableOf(setuptools["package-dir"])[""],
    ...listOf(at(setuptools, "packages", "find").where),
    ...listOf(tableOf(tool.poetry).packages).map((one) => tableOf(one).from),
    ...listOf(at(tool, "hatch", "build").sources),
    ...listOf(wheel.sources),
    ...listOf(wheel.packages).map((one) => (typeof one === "string" ? parentOf(one) : undefined)),
    at(tool, "pdm", "build")["package-dir"],
    at(tool, "uv", "build-backend")["module-root"],
  ];
  const folders = roots.filter((one): one is string => typeof one === "string").map(normalise);
  return [...new Set(folders)].filter((one) => one !== "" && !one.startsWith(".."));
}

function at(table: Table, ...path: readonly string[]): Table {
  return path.reduce((inner, name) => tableOf(inner[name]), table);
}

function tableOf(value: unknown): Table {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Table) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function normalise(path: string): string {
  return path.replace(/^\.\/|\/+$/g, "").replace(/^\.$/, "");
}
