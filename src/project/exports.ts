import { withoutAccessors } from "./accessors.ts";
import { bindingValue } from "./binding-value.ts";
import { joinBindings } from "./join-bindings.ts";
import { type Project, unitOf } from "./project.ts";
import { isStarExported } from "./star-exports.ts";
import { UNKNOWN, type Value } from "./values.ts";

/**
 * What a module's attribute is for those who import it: null when the module certainly does not define it
 * (it may then be a submodule), unknown when the file cannot be read.
 */
export function exportedValue(project: Project, file: string, name: string): Value | null {
  const stubbed =
    file.endsWith(".py") && project.modules.hasFile(`${file}i`) ? project.exported(`${file}i`, name) : null;
  if (stubbed !== null && stubbed.kind !== "unknown") return stubbed;
  const unit = unitOf(project, file);
  if (unit === null) return UNKNOWN;
  const { facts } = unit;
  if (facts.brokenRegions.length > 0 || facts.patchedNames.includes(name)) return UNKNOWN;
  const scope = facts.scopes[0];
  const bindings = scope?.bindings[name];
  if (bindings !== undefined) {
    const readable = bindings.length > MAX_BINDINGS ? [] : withoutAccessors(bindings, unit, name);
    return joinBindings(unit, readable, (binding) => bindingValue(project, binding, file, 0, undefined));
  }
  if (isSubmodule(project, file, name)) return null;
  for (const star of [...(scope?.starImports ?? [])].reverse()) {
    const target =
      star.level > 0
        ? project.modules.resolveRelative(star.module, star.level, file)
        : project.modules.resolve(star.module, file);
    if (target === null || target.file === null || target.file === file) return UNKNOWN;
    const exporter = unitOf(project, target.file);
    const isExported = exporter === null ? "unknown" : isStarExported(exporter.facts, name);
    const value = isExported === "no" ? null : project.exported(target.file, name);
    if (value !== null) return isExported === "no" ? null : value;
  }
  return scope?.bindings.__getattr__ === undefined ? null : UNKNOWN;
}

/** Names that are bound more often than this are not followed. */
const MAX_BINDINGS = 4_000;

/** A package's star imports and `__getattr__` are not asked for its submodules. */
function isSubmodule(project: Project, file: string, name: string): boolean {
  const base = file.replace(/\/__init__\.pyi?$/, "");
  return base !== file && project.modules.resolveSubmodule(base, name) !== null;
}
