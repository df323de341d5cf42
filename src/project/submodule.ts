import type { Project } from "./project.ts";
import type { Value } from "./values.ts";

/** A module below a package, as an attribute of it. */
export function submoduleValue(project: Project, base: string, module: string, name: string): Value | null {
  const place = project.modules.resolveSubmodule(base, name);
  if (place === null) return null;
  return { kind: "module", module, file: place.file, base: place.base, name: module, hops: [] };
}
