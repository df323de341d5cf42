import { absoluteModule, codeOf, identifiers, type Stub } from "./stub.ts";

/** Imports from modules and of names that are left out say nothing. */
export function dropUnresolved(stubs: readonly Stub[]): void {
  const byModule = new Map(stubs.map((stub) => [stub.module, stub]));
  const tops = new Set(stubs.map(({ module }) => module.split(".")[0]));
  const hasContent = (stub: Stub | undefined): boolean =>
    stub !== undefined && (stub.isPackage || stub.items.length + stub.imports.length > 0);
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const stub of stubs) {
      const kept = stub.imports.filter((one) => {
        const module = absoluteModule(stub, one.module);
        if (!tops.has(module.split(".")[0])) return true;
        const target = byModule.get(module);
        if (one.kind === "import") return target !== undefined;
        if (one.name === "*") return target !== stub && hasContent(target);
        if (hasContent(byModule.get(`${module}.${one.name}`))) return true;
        return target !== undefined && target !== stub && mayDefine(target, one.name);
      });
      if (kept.length === stub.imports.length) continue;
      stub.imports = kept;
      isChanged = true;
    }
  }
}

function mayDefine(stub: Stub, name: string): boolean {
  return (
    stub.items.some((item) => item.name === name || item.name === "__getattr__") ||
    stub.imports.some((one) => one.bound === name || one.name === "*")
  );
}

/** `from . import submodule` in a package says nothing that the existence of the submodule does not say. */
export function dropOwnSubmodules(stubs: readonly Stub[]): void {
  const modules = new Set(stubs.map(({ module }) => module));
  for (const stub of stubs) {
    if (!stub.isPackage) continue;
    const words = new Set(stub.items.flatMap((item) => identifiers(codeOf(item))));
    stub.imports = stub.imports.filter((one) => {
      const isOwn =
        one.kind === "from" && one.name === one.bound && absoluteModule(stub, one.module) === stub.module;
      return !isOwn || !modules.has(`${stub.module}.${one.name}`) || words.has(one.name);
    });
  }
}
