import { absoluteModule, type ImportItem, type Stub } from "./stub.ts";

/** Writes out what `from module import *` gives, so that nobody has to follow stars through cycles later. */
export function expandStars(stubs: readonly Stub[]): void {
  const byModule = new Map(stubs.map((stub) => [stub.module, stub]));

  function exportsOf(stub: Stub, seen: Set<Stub>): string[] {
    if (seen.has(stub)) return [];
    seen.add(stub);
    const own = stub.items.map(({ name }) => name);
    const imported = stub.imports.flatMap((one): string[] => {
      if (one.name !== "*") return stub.exports !== null || isReExport(one) ? [one.bound] : [];
      const target = byModule.get(absoluteModule(stub, one.module));
      return target === undefined ? [] : exportsOf(target, seen);
    });
    return [...own, ...imported].filter((name) => stub.exports?.has(name) ?? !name.startsWith("_"));
  }

  const expanded = stubs.map((stub) => {
    const bound = new Set([...stub.items.map(({ name }) => name), ...stub.imports.map((one) => one.bound)]);
    return stub.imports.flatMap((one): ImportItem[] => {
      const target = one.name === "*" ? byModule.get(absoluteModule(stub, one.module)) : undefined;
      if (target === undefined || target === stub) return [one];
      return exportsOf(target, new Set([stub]))
        .filter((name) => !bound.has(name) && bound.add(name))
        .map((name): ImportItem => ({ ...one, name, bound: name, isAliased: true }));
    });
  });
  for (const [index, stub] of stubs.entries()) stub.imports = expanded[index] ?? [];
}

function isReExport({ name, bound, isAliased }: ImportItem): boolean {
  return isAliased && name === bound;
}
