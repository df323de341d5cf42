import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { DecoratorEffect, DecoratorTable } from "../project/project.ts";

/** The bundled library facts as files: stub text by module path, and what decorators do. */
export interface LibraryFacts {
  /** Paths of the stubs relative to the folder, with forward slashes. */
  readonly paths: readonly string[];
  read(path: string): Uint8Array;
  readonly decorators: DecoratorTable;
  /** Types of the fixtures of pytest and its plugins by name. */
  readonly fixtures: ReadonlyMap<string, string>;
}

/** Lists the facts that are shipped beside this file; each is read when it is first needed. */
export function openLibraryFacts(): LibraryFacts {
  const folder = fileURLToPath(new URL(".", import.meta.url));
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".pyi"))
    .sort();
  const table: Record<string, DecoratorEffect> = JSON.parse(
    readFileSync(`${folder}/decorators.json`, "utf8"),
  );
  return {
    paths,
    read: (path) => readFileSync(`${folder}/${path}`),
    decorators: new Map(Object.entries(table)),
    fixtures: new Map(),
  };
}
