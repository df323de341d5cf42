import { withoutAccessors } from "./accessors.ts";
import { bindingValue } from "./binding-value.ts";
import { DOUBT } from "./doubt.ts";
import { joinBindings } from "./join-bindings.ts";
import { linearize } from "./linearize.ts";
import { overrideAgreement } from "./overrides.ts";
import {
  classOf,
  isLibrary,
  type LinearClass,
  libraryModule,
  type Place,
  type Project,
  type SourceUnit,
  scopeOf,
  unitOf,
} from "./project.ts";
import { remember } from "./remember.ts";
import { submoduleValue } from "./submodule.ts";
import { typeEnvironment } from "./type-environment.ts";
import {
  NONE,
  type Reference,
  UNKNOWN,
  unionOf,
  type Value,
  withDoubts,
  withHops,
  withName,
  withoutNone,
} from "./values.ts";

/** What `value.name` gives, or unknown. */
export function memberOf(project: Project, given: Value, name: string): Value {
  const value = withoutNone(given);
  switch (value.kind) {
    case "unknown":
      return value.name === undefined
        ? UNKNOWN
        : { kind: "unknown", name: `${value.name}.${name}`, hops: [] };
    case "module": {
      const exported = value.file === null ? null : project.exported(value.file, name);
      const found = exported ?? submoduleValue(project, value.base, `${value.module}.${name}`, name);
      const publicName = `${value.module}.${name}`;
      if (found === null || found.kind === "unknown") return { kind: "unknown", name: publicName, hops: [] };
      return withName(found, value.file !== null && isLibrary(value.file) ? publicName : undefined);
    }
    case "union":
      return unionMember(project, value.members, name);
    case "type-variable":
      return UNKNOWN;
    case "coroutine":
      return memberOf(project, stubInstance(project, "Coroutine", [UNKNOWN, UNKNOWN, value.result]), name);
    case "async-generator":
      return memberOf(project, stubInstance(project, "AsyncGenerator", [value.element, UNKNOWN]), name);
    case "generator":
      return memberOf(project, stubInstance(project, "Generator", [value.element, UNKNOWN, UNKNOWN]), name);
    case "instance":
    case "class":
      return classMember(project, value, linearize(project, value.reference), name);
    case "super":
      return classMember(project, value, linearize(project, value.reference).slice(1), name);
    default:
      return UNKNOWN;
  }
}

/** Members of a union that certainly lack the name are not meant: the code has ruled them out somehow. */
function unionMember(project: Project, members: readonly Value[], name: string): Value {
  const having = members.filter((member) => !certainlyLacks(project, member, name));
  return unionOf((having.length > 0 ? having : members).map((one) => memberOf(project, one, name)));
}

function certainlyLacks(project: Project, value: Value, name: string): boolean {
  if (value.kind === "none") return true;
  if (value.kind !== "instance") return false;
  for (const reference of linearize(project, value.reference)) {
    const facts = reference === null ? null : classOf(project, reference);
    const scope = reference === null || facts === null ? null : scopeOf(project, reference.file, facts.scope);
    if (facts === null || scope === null) return false;
    if (isLibrary(reference?.file ?? "") && reference?.file !== "facts:builtins.pyi") return false;
    if (scope.bindings[name] ?? scope.bindings.__getattr__ ?? facts.selfAttributes[name]) return false;
  }
  return true;
}

/** The class of `typing` that describes objects of one of Python's own kinds. */
function stubInstance(project: Project, name: string, items: readonly Value[]): Value {
  const file = "facts:typing.pyi";
  const index = unitOf(project, file)?.facts.classes.findIndex((one) => one.name === name) ?? -1;
  if (index === -1) return UNKNOWN;
  return { kind: "instance", reference: { file, index }, items, isExact: true, isHearsay: false, hops: [] };
}

type Receiver = Extract<Value, { kind: "instance" | "class" | "super" }>;

function classMember(
  project: Project,
  receiver: Receiver,
  order: readonly LinearClass[],
  name: string,
): Value {
  let doubts = 0;
  for (const reference of order) {
    if (reference === null) {
      doubts |= DOUBT["unknown-base"];
      continue;
    }
    const found = ownMember(project, receiver, reference, name);
    if (found === null) continue;
    if (isReplaced(project, reference, name)) doubts |= DOUBT.patched;
    const mayBeOverridden =
      (receiver.kind === "instance" && !receiver.isExact) ||
      (receiver.kind === "class" && receiver.isOpen === true);
    if (mayBeOverridden && !/^__\w+__$/.test(name)) {
      const agreement = overrideAgreement(project, receiver.reference, name, found);
      if (agreement === "no") return UNKNOWN;
      if (agreement === "unknown") doubts |= DOUBT.override;
    }
    const bound = bindTo(project, found, receiver);
    const publicName = receiver.name === undefined ? undefined : `${receiver.name}.${name}`;
    return withDoubts(withHops(withName(bound, publicName), receiver.hops), doubts);
  }
  return doubts === 0 && receiver.kind === "instance" && name !== "__getattr__"
    ? dynamicMember(project, receiver, name)
    : namedUnknown(project, receiver, name);
}

/** What an annotated `__getattr__` promises for every name. */
function dynamicMember(project: Project, receiver: Receiver, name: string): Value {
  if (receiver.kind !== "instance" || /^__\w+__$/.test(name)) return namedUnknown(project, receiver, name);
  const method = project.member(receiver, "__getattr__");
  if (method.kind !== "function") return namedUnknown(project, receiver, name);
  return project.call(method, null);
}

/** What a class does not describe is still known by name, through the class's own module if need be. */
function namedUnknown(project: Project, receiver: Receiver, name: string): Value {
  const { file } = receiver.reference;
  const known = receiver.name ?? (isLibrary(file) ? libraryClass(project, receiver.reference) : undefined);
  return known === undefined ? UNKNOWN : { kind: "unknown", name: `${known}.${name}`, hops: [] };
}

function libraryClass(project: Project, reference: Reference): string | undefined {
  const facts = classOf(project, reference);
  return facts === null ? undefined : `${libraryModule(reference.file)}.${facts.name}`;
}

/** What the class itself (not its bases) says about a member; null when it says nothing. */
function ownMember(project: Project, receiver: Receiver, reference: Reference, name: string): Value | null {
  const unit = unitOf(project, reference.file);
  const facts = classOf(project, reference);
  if (unit === null || facts === null) return UNKNOWN;
  const bindings = scopeOf(project, reference.file, facts.scope)?.bindings[name] ?? [];
  const assigned = facts.selfAttributes[name] ?? [];
  if (bindings.length === 0 && assigned.length === 0) return null;
  if (unit.facts.brokenRegions.some((region) => region.start <= facts.start && facts.start < region.end))
    return UNKNOWN;
  const items = receiver.kind === "super" ? [] : receiver.items;
  const types = new Map(typeEnvironment(project, receiver.reference, items, reference));
  const isPlain = types.size === 0;
  const environment = isPlain ? undefined : types;
  const inClass = withoutAccessors(bindings, unit, name);
  const declared = inClass.find(({ target }) => target.kind === "value" && target.annotation !== null);
  if (declared !== undefined)
    return bindingValue(project, declared, reference.file, facts.scope, environment);
  const annotated = assigned.find(({ annotation }) => annotation !== null);
  if (annotated !== undefined && annotated.annotation !== null) {
    return project.evaluateType(annotated.annotation, placeOf(reference.file, annotated));
  }
  if (assigned.length === 0 && inClass.length > 1) {
    return joinBindings(unit, inClass, (binding) =>
      bindingValue(project, binding, reference.file, facts.scope, environment),
    );
  }
  const values = [
    ...inClass
      .filter(
        ({ target }) => !(assigned.length > 0 && target.kind === "value" && isNonePlaceholder(target.value)),
      )
      .map((binding) => bindingValue(project, binding, reference.file, facts.scope, environment)),
    ...assigned.map((one) => {
      const { value } = one;
      if (value === null) return UNKNOWN;
      return remember(project, one, () => project.evaluate(value, placeOf(reference.file, one)));
    }),
  ];
  return withoutNone(unionOf(values));
}

/** The file of the class replaces something of this name, or assigns to it on some object while it is a method. */
function isReplaced(project: Project, reference: Reference, name: string): boolean {
  const unit = unitOf(project, reference.file);
  const facts = classOf(project, reference);
  if (unit === null || facts === null || isLibrary(reference.file)) return false;
  if (unit.facts.patchedNames.includes(name)) return true;
  if (!unit.facts.assignedAttributes.includes(name)) return false;
  const bindings = scopeOf(project, reference.file, facts.scope)?.bindings[name] ?? [];
  if (bindings.some(({ target }) => target.kind === "function" && !isAttributeLike(unit, target.index)))
    return true;
  const isDeclared = bindings.some(({ target }) => target.kind === "value" && target.annotation !== null);
  const assigned = facts.selfAttributes[name] ?? [];
  return !isDeclared && assigned.length > 0 && assigned.every(({ annotation }) => annotation === null);
}

function isAttributeLike(unit: SourceUnit, index: number): boolean {
  const decorators = unit.facts.functions[index]?.decorators ?? [];
  return decorators.some(
    (one) => (one.kind === "name" || one.kind === "attribute") && one.name === "property",
  );
}

function placeOf(
  file: string,
  one: { readonly scope: number; readonly block: number; readonly at: number },
): Place {
  return { file, scope: one.scope, block: one.block, at: one.at };
}

function isNonePlaceholder(value: { readonly kind: string; readonly type?: string } | null): boolean {
  return value !== null && value.kind === "literal" && value.type === "None";
}

/** Binds what was found in a class to the object it was asked of. */
function bindTo(project: Project, found: Value, receiver: Receiver): Value {
  if (found.kind === "function") return { ...found, receiver };
  if (found.kind === "overloads")
    return { ...found, members: found.members.map((member) => ({ ...member, receiver })) };
  if (found.kind === "property") {
    if (receiver.kind === "class") return UNKNOWN;
    return project.call({ ...found.getter, receiver }, null);
  }
  if (found.kind === "union")
    return unionOf(found.members.map((member) => bindTo(project, member, receiver)));
  if (found.kind === "instance" && hasGetter(project, found.reference)) {
    if (receiver.kind === "super") return UNKNOWN;
    const object = receiver.kind === "class" ? NONE : receiver;
    const given = { positional: [() => object, () => UNKNOWN], keywords: new Map(), hasSplat: false };
    return withDoubts(project.call(project.member(found, "__get__"), given), DOUBT.decorator);
  }
  return found.kind === "none" ? NONE : found;
}

/** Descriptors decide themselves what reading them gives. */
function hasGetter(project: Project, reference: Reference): boolean {
  for (const one of linearize(project, reference)) {
    if (one === null) return false;
    const facts = classOf(project, one);
    if (facts !== null && scopeOf(project, one.file, facts.scope)?.bindings.__get__ !== undefined)
      return true;
  }
  return false;
}
