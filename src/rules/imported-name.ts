import type { FileView } from "./rule.ts";

/**
 * How `module.name` is written in a file that has imported it at the top: the imported name, `module.name`
 * after `import module`, or null.
 */
export function importedName(file: FileView, module: string, name: string): string | null {
  const bindings = file.unit.facts.scopes[0]?.bindings ?? {};
  for (const [bound, all] of Object.entries(bindings)) {
    const [only] = all;
    if (all.length !== 1 || only === undefined) continue;
    const { target } = only;
    if (
      target.kind === "from-import" &&
      target.module === module &&
      target.level === 0 &&
      target.name === name
    ) {
      return bound;
    }
    if (target.kind === "import" && target.module === module) return `${bound}.${name}`;
  }
  return null;
}
