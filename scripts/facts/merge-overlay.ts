import type { Item, Stub } from "./stub.ts";

/**
 * Lays hand-written definitions over generated ones. A definition replaces those of its name; in a class that
 * both have, its members do, and its bases if it names any. `del name` takes a definition away. Merging twice
 * gives what merging once gives.
 */
export function mergeOverlay(table: readonly Stub[], overlay: readonly Stub[]): Stub[] {
  const merged = new Map(table.map((stub) => [stub.module, stub]));
  for (const over of overlay) {
    const base = merged.get(over.module);
    if (base === undefined) {
      merged.set(over.module, over);
      continue;
    }
    const own = new Set([...over.items.map(({ name }) => name), ...over.imports.map(({ bound }) => bound)]);
    base.items = mergeItems(base.items, over.items, own);
    base.imports = [...base.imports.filter(({ bound }) => !own.has(bound)), ...over.imports];
  }
  return [...merged.values()];
}

function mergeItems(base: readonly Item[], over: readonly Item[], own: ReadonlySet<string>): Item[] {
  const placed = new Set<string>();
  const merged = base.flatMap((item): Item[] => {
    if (!own.has(item.name)) return [item];
    if (placed.has(item.name)) return [];
    placed.add(item.name);
    const replacements = over.filter(({ name }) => name === item.name);
    return replacements.map((one): Item => {
      if (one.kind !== "class" || item.kind !== "class") return one;
      const names = new Set(one.body.map(({ name }) => name));
      const bases = one.bases.length > 0 ? one.bases : item.bases;
      return { ...one, bases, body: mergeItems(item.body, one.body, names) };
    });
  });
  return [...merged, ...over.filter(({ name }) => !placed.has(name))].filter((item) => !isDeletion(item));
}

function isDeletion(item: Item): boolean {
  return item.kind === "value" && item.annotation === null && item.value === null;
}
