import type { Expression } from "../python/expression.ts";
import type { BindingTarget } from "../python/facts.ts";
import type { Place, Project } from "./project.ts";
import { scopeOf, unitOf } from "./project.ts";

/**
 * The dotted name under which an expression is known to everybody ("typing.Optional", "builtins.super"), by
 * following the imports of its own file only; null for names that the file defines itself.
 */
export function qualifiedName(project: Project, expression: Expression, place: Place): string | null {
  const parts: string[] = [];
  let current = expression;
  while (current.kind === "attribute") {
    parts.unshift(current.name);
    current = current.object;
  }
  if (current.kind !== "name") return null;
  const root = rootName(project, current.name, place);
  return root === null ? null : [root, ...parts].join(".");
}

function rootName(project: Project, name: string, place: Place): string | null {
  for (let index: number | null = place.scope; index !== null; ) {
    const scope = scopeOf(project, place.file, index);
    if (scope === null) return null;
    const bindings = scope.bindings[name];
    if (bindings !== undefined && bindings.length > 20) return null;
    if (bindings !== undefined) {
      const names = new Set(bindings.map(({ target }) => importedAs(target)));
      const [only] = names;
      return names.size === 1 && only !== undefined ? only : null;
    }
    index = scope.parent;
  }
  const unit = unitOf(project, place.file);
  const hasStars = (unit?.facts.scopes[0]?.starImports.length ?? 0) > 0;
  return unit === null || hasStars ? null : `builtins.${name}`;
}

function importedAs(target: BindingTarget): string | null {
  if (target.kind === "import")
    return target.isAliased ? target.module : (target.module.split(".")[0] ?? null);
  if (target.kind !== "from-import" || target.level > 0) return null;
  return `${target.module}.${target.name}`;
}
