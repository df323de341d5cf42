import type { Expression } from "../python/expression.ts";
import type { Binding, BindingTarget } from "../python/facts.ts";
import { builtinInstance } from "./builtins.ts";
import { decoratedFunction } from "./decorators.ts";
import { DOUBT } from "./doubt.ts";
import { fixtureValue } from "./fixtures.ts";
import type { Place, Project, TypeEnvironment } from "./project.ts";
import { functionOf, isLibrary, scopeOf, unitOf } from "./project.ts";
import { remember } from "./remember.ts";
import { submoduleValue } from "./submodule.ts";
import { typeForm } from "./type-form.ts";
import { signaturePlace } from "./type-parameters.ts";
import { UNKNOWN, unionOf, type Value, withDoubts, withHops, withName } from "./values.ts";

/** What a binding in a scope of `file` gives its name. */
export function bindingValue(
  project: Project,
  binding: Binding,
  file: string,
  scope: number,
  types: TypeEnvironment | undefined,
): Value {
  if (types !== undefined) return compute(project, binding, file, scope, types);
  return remember(project, binding, () => compute(project, binding, file, scope, types));
}

function compute(
  project: Project,
  { at, block, target }: Binding,
  file: string,
  scope: number,
  types: TypeEnvironment | undefined,
): Value {
  const place: Place = { file, scope, block, at, types };
  switch (target.kind) {
    case "function":
      return decoratedFunction(project, { file, index: target.index }, types);
    case "class":
      return { kind: "class", reference: { file, index: target.index }, items: [], hops: [] };
    case "value":
      if (target.annotation !== null && isTypeAlias(target.annotation) && target.value !== null)
        return typeForm(project, target.value, place, null);
      if (target.annotation !== null) {
        const annotated = annotatedValue(project, target.annotation, target.value, place);
        if (annotated !== null) return annotated;
      }
      return target.value === null ? UNKNOWN : project.evaluate(target.value, place);
    case "type-alias":
      return typeForm(
        project,
        target.type,
        place,
        target.typeParameters.map((one) => one.name),
      );
    case "narrowing":
      return withDoubts(
        unionOf(target.types.map((type) => project.evaluateType(type, place))),
        DOUBT.narrowing,
      );
    case "parameter":
      return parameterValue(project, target, place);
    case "import":
      return importedModule(project, target.module, target.isAliased, file);
    case "from-import":
      return importedName(project, target, place);
  }
}

function isTypeAlias(annotation: Expression): boolean {
  return (annotation.kind === "name" || annotation.kind === "attribute") && annotation.name === "TypeAlias";
}

/** `x: T = v`: the annotation counts, except `Final` and `ClassVar` without a type, where the value does. */
function annotatedValue(
  project: Project,
  annotation: NonNullable<Extract<BindingTarget, { kind: "value" }>["annotation"]>,
  value: Extract<BindingTarget, { kind: "value" }>["value"],
  place: Place,
): Value | null {
  const isBare = annotation.kind === "name" || annotation.kind === "attribute";
  if (isBare && value !== null && (annotation.name === "Final" || annotation.name === "ClassVar"))
    return null;
  return project.evaluateType(annotation, place);
}

function parameterValue(
  project: Project,
  parameter: Extract<BindingTarget, { kind: "parameter" }>,
  place: Place,
): Value {
  if (parameter.isVariadic) return variadicValue(project, parameter, place);
  const scope = scopeOf(project, place.file, place.scope);
  const outer = scope?.parent == null ? null : scopeOf(project, place.file, scope.parent);
  if (scope === null || scope.kind !== "function" || outer === null) return UNKNOWN;
  if (parameter.annotation !== null) {
    const signature = signaturePlace(project, { file: place.file, index: scope.subject }, place.types);
    return signature === null ? UNKNOWN : project.evaluateType(parameter.annotation, signature);
  }
  if (parameter.position !== 0 || outer.kind !== "class") return unannotatedValue(project, parameter, place);
  const method = functionOf(project, { file: place.file, index: scope.subject });
  const decorators = method?.decorators ?? [];
  const plain = decorators.map((one) => (one.kind === "name" || one.kind === "attribute" ? one.name : ""));
  if (plain.includes("staticmethod")) return unannotatedValue(project, parameter, place);
  const reference = { file: place.file, index: outer.subject };
  if (plain.includes("classmethod") || method?.name === "__new__" || method?.name === "__init_subclass__") {
    return { kind: "class", reference, items: [], isOpen: true, hops: [] };
  }
  return { kind: "instance", reference, items: [], isExact: false, isHearsay: false, hops: [] };
}

/** `*rest: T` is a tuple of `T`, `**more: T` a dictionary of them. */
function variadicValue(
  project: Project,
  parameter: Extract<BindingTarget, { kind: "parameter" }>,
  place: Place,
): Value {
  const scope = scopeOf(project, place.file, place.scope);
  if (parameter.annotation === null || scope?.kind !== "function") return UNKNOWN;
  const reference = { file: place.file, index: scope.subject };
  const facts = functionOf(project, reference);
  const signature = signaturePlace(project, reference, place.types);
  if (signature === null || facts === null) return UNKNOWN;
  const item = project.evaluateType(parameter.annotation, signature);
  if (!parameter.isKeywords) return builtinInstance(project, "list", [item]);
  return builtinInstance(project, "dict", [builtinInstance(project, "str", []), item]);
}

/** A parameter without annotation: the fixture of its name in a test, else what its default is. */
function unannotatedValue(
  project: Project,
  parameter: Extract<BindingTarget, { kind: "parameter" }>,
  place: Place,
): Value {
  const scope = scopeOf(project, place.file, place.scope);
  if (scope?.kind !== "function") return UNKNOWN;
  const facts = functionOf(project, { file: place.file, index: scope.subject });
  const positional = facts?.parameters.filter(({ kind }) => kind === "positional");
  const name =
    parameter.position >= 0
      ? positional?.[parameter.position]?.name
      : facts?.parameters.find(
          (one) => one.kind === "keyword" && scope.bindings[one.name]?.[0]?.target === parameter,
        )?.name;
  if (facts === null || name === undefined) return UNKNOWN;
  const fixture = fixtureValue(project, name, facts, place.file);
  if (fixture !== null) return fixture;
  if (parameter.default === null || parameter.default.kind === "literal") return UNKNOWN;
  const outer: Place = { ...place, scope: facts.parentScope, block: 0, at: facts.start };
  return withDoubts(project.evaluate(parameter.default, outer), DOUBT.default);
}

function importedModule(project: Project, module: string, isAliased: boolean, file: string): Value {
  const top = module.split(".")[0] ?? module;
  const bound = isAliased ? module : top;
  const place = project.modules.resolve(bound, file) ?? namespaceOf(project, module, bound, file);
  if (place === null) return { kind: "unknown", name: bound, hops: [] };
  return { kind: "module", module: bound, file: place.file, base: place.base, name: bound, hops: [] };
}

/** `import ns.b.store` binds `ns`, a namespace whose folder is known by the module it holds. */
function namespaceOf(
  project: Project,
  module: string,
  bound: string,
  file: string,
): { file: null; base: string } | null {
  const inner = module === bound ? null : project.modules.resolve(module, file);
  if (inner === null) return null;
  const depth = module.split(".").length - bound.split(".").length;
  return { file: null, base: inner.base.split("/").slice(0, -depth).join("/") };
}

function importedName(
  project: Project,
  target: Extract<BindingTarget, { kind: "from-import" }>,
  place: Place,
): Value {
  const { module, level, name } = target;
  const { file } = place;
  const found =
    level > 0 ? project.modules.resolveRelative(module, level, file) : project.modules.resolve(module, file);
  const publicName = level > 0 ? undefined : `${module}.${name}`;
  if (found === null) {
    const whole = level > 0 ? null : project.modules.resolve(`${module}.${name}`, file);
    if (whole === null) return { kind: "unknown", name: publicName, hops: [] };
    return {
      kind: "module",
      module: `${module}.${name}`,
      file: whole.file,
      base: whole.base,
      name: publicName,
      hops: [],
    };
  }
  // A package that imports its own submodule (`from . import utils` in `__init__.py`) does not mean its own binding.
  const exported = found.file === null || found.file === file ? null : project.exported(found.file, name);
  const value = exported ?? submoduleValue(project, found.base, `${module}.${name}`, name);
  if (value === null) return { kind: "unknown", name: publicName, hops: [] };
  const named = found.file !== null && isLibrary(found.file) ? withName(value, publicName) : value;
  if (isLibrary(file) || found.file === null) return named;
  const unit = unitOf(project, file);
  if (unit === null) return named;
  const line = unit.locate({ start: place.at, end: place.at }).line;
  const from = `${".".repeat(level)}${module}`;
  return withHops(named, [{ path: file, line, text: `\`${name}\` is imported from \`${from}\`` }]);
}
