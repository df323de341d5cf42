import { importedName } from "./imported-name.ts";
import type { FileView } from "./rule.ts";

const LIBRARIES = ["asyncio", "trio", "anyio"];

/** How the `sleep` of the one async library that a file imports is written there; null for none, or several. */
export function asyncSleepName(file: FileView): string | null {
  const imported = new Set<string>();
  for (const { bindings } of file.unit.facts.scopes) {
    for (const all of Object.values(bindings)) {
      for (const { target } of all) {
        if (target.kind !== "import" && target.kind !== "from-import") continue;
        const top = target.module.split(".")[0] ?? "";
        if (LIBRARIES.includes(top) && (target.kind === "import" || target.level === 0)) imported.add(top);
      }
    }
  }
  const [only] = imported;
  return only === undefined || imported.size > 1 ? null : importedName(file, only, "sleep");
}
