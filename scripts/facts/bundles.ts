import { printStub } from "./print.ts";
import { pathOf, type Stub } from "./stub.ts";

/** One text a top-level package: its modules behind header lines, in the order of their paths. */
export function toBundles(stubs: readonly Stub[]): Map<string, string> {
  const bundles = new Map<string, string>();
  const sorted = [...stubs].sort((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1));
  for (const stub of sorted) {
    const top = stub.module.split(".")[0] ?? stub.module;
    bundles.set(top, `${bundles.get(top) ?? ""}${moduleHeader(stub)}\n${printStub(stub)}`);
  }
  return bundles;
}

function moduleHeader({ module, isPackage }: Stub): string {
  return `#: ${isPackage ? "package" : "module"} ${module}`;
}
