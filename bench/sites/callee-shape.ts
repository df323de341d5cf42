import { type FoundName, findName, nearestBinding } from "../../src/analysis/find-name.ts";
import { isTestPath } from "../../src/analysis/is-test-path.ts";
import type { Place, Project } from "../../src/project/project.ts";
import { scopeOf, unitOf } from "../../src/project/project.ts";
import { STANDARD_LIBRARY } from "../../src/project/standard-library.ts";
import type { Expression } from "../../src/python/expression.ts";
import type { Binding } from "../../src/python/facts.ts";

/** Names the syntactic shape of a called expression, as in "self.attr.method" or "imported from repo: name". */
export function calleeShape(project: Project, callee: Expression, place: Place): string {
  let root = callee;
  let last = "";
  let depth = 0;
  while (root.kind === "attribute") {
    if (depth === 0) last = root.name;
    root = root.object;
    depth += 1;
  }
  const tail = [".method", ".attr.method", ".attr.attr.method"][Math.min(depth, 3) - 1] ?? "()";
  switch (root.kind) {
    case "name":
      return nameShape(project, root.name, place, depth, tail, last);
    case "call": {
      if (root.callee.kind === "name" && root.callee.name === "super") return `super()${tail}`;
      return depth === 0 ? "called result: f()()" : `chained call: f()${tail}`;
    }
    case "await":
      return `(await …)${tail}`;
    case "subscript":
      return `subscript: x[i]${tail}`;
    case "string":
    case "literal":
      return `literal${tail}`;
    default:
      return `other expression${tail}`;
  }
}

function nameShape(
  project: Project,
  name: string,
  place: Place,
  depth: number,
  tail: string,
  last: string,
): string {
  const found = findName(project, name, place);
  if (found === null) {
    const hasStars = (unitOf(project, place.file)?.facts.scopes[0]?.starImports.length ?? 0) > 0;
    return `${hasStars ? "builtin or star import" : "builtin"}${tail}`;
  }
  const binding = nearestBinding(found.bindings, place.at);
  switch (binding?.target.kind) {
    case "function":
      return depth === 0 ? "same file: function()" : "same file: function.attr";
    case "class":
      return depth === 0 ? "same file: Class()" : `same file: Class${tail}`;
    case "import": {
      const { module } = binding.target;
      return `${origin(project, module, 0, place.file)} module${tail}`;
    }
    case "from-import": {
      const { module, level } = binding.target;
      return `imported from ${origin(project, module, level, place.file)}: name${tail}`;
    }
    case "parameter":
      return parameterShape(project, found, binding, place, depth, tail, last);
    case "value": {
      if (found.scope.kind === "module" && place.scope !== 0) return `same file: variable${tail}`;
      return `${valueShape(binding)}${tail}`;
    }
    default:
      return `name${tail}`;
  }
}

/** "repo", "stdlib", "library" (described by facts) or "unknown library". */
function origin(project: Project, module: string, level: number, file: string): string {
  const found =
    level > 0 ? project.modules.resolveRelative(module, level, file) : project.modules.resolve(module, file);
  if (level === 0 && STANDARD_LIBRARY.has(module.split(".")[0] ?? "")) return "stdlib";
  if (found === null) return level > 0 ? "repo (not found)" : "unknown library";
  return found.base.startsWith("facts:") ? "library" : "repo";
}

function parameterShape(
  project: Project,
  { scope, bindings }: FoundName,
  binding: Binding,
  place: Place,
  depth: number,
  tail: string,
  last: string,
): string {
  if (binding.target.kind !== "parameter") return `name${tail}`;
  const { annotation, position, isVariadic } = binding.target;
  const outer = scope.parent === null ? null : scopeOf(project, place.file, scope.parent);
  if (position === 0 && annotation === null && outer?.kind === "class") {
    if (depth !== 1) return `self${tail}`;
    const facts = unitOf(project, place.file)?.facts.classes[outer.subject];
    const own = outer.bindings[last];
    if (own?.some(({ target }) => target.kind === "function")) return "self.method, same class";
    return own !== undefined || facts?.selfAttributes[last] !== undefined
      ? "self.attr()"
      : "self.method, inherited";
  }
  if (isVariadic) return `*args or **kwargs${tail}`;
  const bare = isTestPath(place.file) ? "unannotated parameter in a test" : "unannotated parameter";
  const word = annotation !== null ? "annotated parameter" : bare;
  return `${bindings.length > 1 ? "rebound " : ""}${word}${tail}`;
}

function valueShape({ target }: Binding): string {
  if (target.kind !== "value") return "local";
  if (target.annotation !== null) return "local: T";
  switch (target.value?.kind) {
    case "call":
      return "local = f()";
    case "await":
      return "local = await";
    case "entered":
      return target.value.isAsync ? "async with variable" : "with variable";
    case "element":
      return target.value.isAsync ? "async for variable" : "for variable";
    case "unpacked":
      return "local, unpacked";
    case "name":
    case "attribute":
      return "local = name or attribute";
    case "choice":
      return "local = a or b";
    case undefined:
      return "local without a known value";
    default:
      return "local = other";
  }
}
