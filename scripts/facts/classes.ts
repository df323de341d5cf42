import type { ClassItem, Item } from "./stub.ts";

/** Calls a function with every class among the items, inner classes included. */
export function mapClasses(items: readonly Item[], change: (item: ClassItem) => void): void {
  for (const item of items) {
    if (item.kind !== "class") continue;
    change(item);
    mapClasses(item.body, change);
  }
}
