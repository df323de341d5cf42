import { linearize } from "../project/linearize.ts";
import { isTested } from "../project/lookup-name.ts";
import { classOf, functionOf, type Place, type Project, unitOf } from "../project/project.ts";
import type { FunctionObject, Reference, Value } from "../project/values.ts";
import { dottedName, type Expression } from "../python/expression.ts";
import type { Binding } from "../python/facts.ts";
import { describeFunction, describeValue, sourceOf } from "./describe-value.ts";
import { findName, nearestBinding } from "./find-name.ts";
import { isTestPath } from "./is-test-path.ts";

/** Where and why the evaluation of an expression first gave nothing. */
export interface Gap {
  /** What kind of step failed; few enough for a histogram. */
  readonly step: string;
  /** The object it failed on: a module's name, a class's member, a function with its place. */
  readonly subject: string;
}

/** What was looked at on the way, so that a circle is seen. */
type Trail = Set<string>;

/** Longest way that is followed. */
const MAX_STEPS = 100;

function isNew(trail: Trail, step: string): boolean {
  if (trail.size > MAX_STEPS || trail.has(step)) return false;
  trail.add(step);
  return true;
}

/**
 * Where the evaluation of an expression first loses track: follows the unknown part inwards and through the
 * bindings of names until the parts are known and only their combination is not.
 */
export function firstGap(
  project: Project,
  expression: Expression,
  place: Place,
  trail: Trail = new Set(),
): Gap {
  if (!isNew(trail, `${place.file}:${expression.kind}:${expression.start}-${expression.end}`))
    return { step: "it depends on itself", subject: sourceOf(project, place.file, expression) };
  const inner = (part: Expression): Gap | null => {
    const value = project.evaluate(part, place);
    return value.kind === "unknown" ? firstGap(project, part, place, trail) : null;
  };
  const behind = (step: string, part: Expression): Gap =>
    insideGap(project, part, place, trail) ?? of(project, step, part, place);
  switch (expression.kind) {
    case "name":
      return nameGap(project, expression.name, place, trail);
    case "attribute": {
      const gap = inner(expression.object);
      if (gap !== null) return gap;
      const name = dottedName(expression);
      if (name !== null && isTested(project, name, place) === "kind")
        return { step: "attribute is tested in the function", subject: name };
      if (unitOf(project, place.file)?.facts.patchedNames.includes(expression.name))
        return { step: "attribute is patched in the file", subject: expression.name };
      return memberGap(project, project.evaluate(expression.object, place), expression.name, trail);
    }
    case "call":
      return inner(expression.callee) ?? callGap(project, expression, place, trail);
    case "await":
      return inner(expression.operand) ?? behind("result of await", expression.operand);
    case "entered":
      return inner(expression.operand) ?? behind("what with binds", expression.operand);
    case "element":
      return inner(expression.operand) ?? behind("what for binds", expression.operand);
    case "unpacked":
      return inner(expression.operand) ?? of(project, "what unpacking binds", expression.operand, place);
    case "subscript":
      return inner(expression.object) ?? of(project, "subscript", expression.object, place);
    case "choice": {
      for (const branch of expression.branches) {
        const gap = inner(branch);
        if (gap !== null) return gap;
      }
      return of(project, "choice of values that disagree", expression, place);
    }
    case "lambda":
      return inner(expression.body) ?? of(project, "lambda", expression.body, place);
    default:
      return { step: "expression is not followed", subject: describeSyntax(expression) };
  }
}

function of(project: Project, step: string, expression: Expression, place: Place): Gap {
  return { step, subject: describeValue(project, project.evaluate(expression, place)) };
}

function describeSyntax(expression: Expression): string {
  return expression.kind === "literal" ? `literal ${expression.type}` : expression.kind;
}

function nameGap(project: Project, name: string, place: Place, trail: Trail): Gap {
  if (!isNew(trail, `${place.file}:${place.scope}:${name}`))
    return { step: "it depends on itself", subject: name };
  if (isTested(project, name, place) === "kind")
    return { step: "name is tested in the function", subject: name };
  if (unitOf(project, place.file)?.facts.patchedNames.includes(name))
    return { step: "name is patched in the file", subject: name };
  const found = findName(project, name, place);
  if (found === null) return { step: "name is not bound (builtin, star import)", subject: name };
  const unknown = found.bindings.find((one) => isUnknownBinding(project, one, place.file, found.index));
  const binding = unknown ?? nearestBinding(found.bindings, place.at);
  if (binding === undefined) return { step: "name", subject: name };
  return bindingGap(project, binding, name, { ...place, scope: found.index }, found.bindings.length, trail);
}

function isUnknownBinding(project: Project, { at, block, target }: Binding, file: string, scope: number) {
  if (target.kind !== "value" || target.annotation !== null) return false;
  if (target.value === null) return true;
  return project.evaluate(target.value, { file, scope, block, at }).kind === "unknown";
}

function bindingGap(
  project: Project,
  { at, block, target }: Binding,
  name: string,
  found: Place,
  count: number,
  trail: Trail,
): Gap {
  const place: Place = { file: found.file, scope: found.scope, block, at };
  switch (target.kind) {
    case "import":
      return { step: "module is not known", subject: target.module };
    case "from-import": {
      const subject = `${".".repeat(target.level)}${target.module}.${target.name}`;
      return importGap(project, target.module, target.level, target.name, place, subject, trail);
    }
    case "function": {
      if (count > 1)
        return {
          step: "function is defined more than once",
          subject: describeFunction(project, place.file, target.index),
        };
      return decoratorGap(project, place.file, target.index);
    }
    case "class":
      return { step: count > 1 ? "class is defined more than once" : "class", subject: name };
    case "parameter": {
      if (target.annotation === null)
        return {
          step: isTestPath(place.file) ? "fixture (parameter in a test)" : "parameter without annotation",
          subject: name,
        };
      if (count > 1) return { step: "parameter that is assigned again", subject: name };
      return annotationGap(project, "annotation of a parameter", target.annotation, place, trail);
    }
    case "value": {
      if (target.annotation !== null)
        return annotationGap(project, "annotation of a variable", target.annotation, place, trail);
      if (target.value === null) return { step: "name without a known value", subject: name };
      if (project.evaluate(target.value, place).kind === "unknown")
        return firstGap(project, target.value, place, trail);
      return { step: "bindings of a name disagree", subject: name };
    }
    case "type-alias":
      return annotationGap(project, "type alias", target.type, place, trail);
    case "narrowing": {
      const [type] = target.types;
      if (type === undefined) return { step: "narrowed name", subject: name };
      return annotationGap(project, "narrowed name", type, place, trail);
    }
  }
}

/** The decorator that makes a function unknown, innermost first. */
function decoratorGap(project: Project, file: string, index: number): Gap {
  const facts = functionOf(project, { file, index });
  const name = describeFunction(project, file, index);
  if (facts === null) return { step: "decorator", subject: name };
  const place: Place = { file, scope: facts.parentScope, block: 0, at: facts.start };
  const unknown = [...facts.decorators]
    .reverse()
    .find((one) => project.evaluate(one, place).kind === "unknown");
  const decorator = unknown ?? facts.decorators.at(-1);
  if (decorator === undefined) return { step: "function", subject: name };
  return { step: "decorator", subject: `@${sourceOf(project, file, decorator)} of ${name}` };
}

function importGap(
  project: Project,
  module: string,
  level: number,
  name: string,
  place: Place,
  subject: string,
  trail: Trail,
): Gap {
  const { file } = place;
  const found =
    level > 0 ? project.modules.resolveRelative(module, level, file) : project.modules.resolve(module, file);
  if (found === null)
    return { step: level > 0 ? "relative import not found" : "module is not known", subject };
  if (found.file === null) return { step: "import from a namespace package", subject };
  if (found.file === file) return { step: "package imports its own submodule", subject };
  const scope = unitOf(project, found.file)?.facts.scopes[0];
  if (scope === undefined) return { step: "imported file cannot be read", subject: found.file };
  if (scope.bindings.__getattr__ !== undefined)
    return { step: "imported module has a __getattr__", subject: `${found.file}: ${name}` };
  if (scope.bindings[name] === undefined)
    return { step: "imported module lacks the name", subject: `${found.file}: ${name}` };
  return nameGap(project, name, { file: found.file, scope: 0, block: 0, at: Infinity }, trail);
}

/** An annotation that says nothing: mostly one of its names is not known. */
function annotationGap(
  project: Project,
  step: string,
  annotation: Expression,
  place: Place,
  trail: Trail,
): Gap {
  const pending: Expression[] = [annotation];
  for (let part = pending.shift(); part !== undefined; part = pending.shift()) {
    if (part.kind === "subscript") pending.push(part.object, ...part.items);
    else if (part.kind === "union") pending.push(...part.members);
    else if (part.kind === "name" || part.kind === "attribute") {
      if (project.evaluate(part, place).kind !== "unknown") continue;
      const { step: inner, subject } = firstGap(project, part, place, trail);
      return { step: inner, subject };
    }
  }
  return { step, subject: sourceOf(project, place.file, annotation) };
}

/** The value or annotation that an attribute of a class gets, if it is what is not known. */
function attributeGap(
  project: Project,
  file: string,
  classIndex: number,
  name: string,
  trail: Trail,
): Gap | null {
  if (!isNew(trail, `${file}#${classIndex}.${name}`)) return null;
  const facts = unitOf(project, file)?.facts;
  const owner = facts?.classes[classIndex];
  if (facts === undefined || owner === undefined) return null;
  const bindings = facts.scopes[owner.scope]?.bindings[name] ?? [];
  for (const binding of bindings) {
    if (binding.target.kind === "function") continue;
    const found: Place = { file, scope: owner.scope, block: binding.block, at: binding.at };
    if (binding.target.kind === "value") {
      const { annotation, value } = binding.target;
      if (annotation !== null)
        return annotationGap(project, "annotation of an attribute", annotation, found, trail);
      if (value !== null && project.evaluate(value, found).kind !== "unknown") continue;
    }
    return bindingGap(project, binding, name, found, bindings.length, trail);
  }
  for (const { scope, block, at, value, annotation } of owner.selfAttributes[name] ?? []) {
    const place: Place = { file, scope, block, at };
    if (annotation !== null)
      return annotationGap(project, "annotation of an attribute", annotation, place, trail);
    if (value === null) return { step: "attribute without a known value", subject: `${owner.name}.${name}` };
    if (project.evaluate(value, place).kind === "unknown") return firstGap(project, value, place, trail);
  }
  return null;
}

function memberGap(project: Project, value: Value, name: string, trail: Trail): Gap {
  const subject = `${describeValue(project, value)}.${name}`;
  if (value.kind !== "instance" && value.kind !== "class" && value.kind !== "super")
    return { step: `member of a ${value.kind}`, subject };
  const classes = linearize(project, value.reference);
  for (const one of classes) {
    if (one === null) return { step: "member behind an unknown base", subject };
    const facts = classOf(project, one);
    const unit = unitOf(project, one.file);
    const own = facts === null ? undefined : unit?.facts.scopes[facts.scope]?.bindings[name];
    if (own === undefined && facts?.selfAttributes[name] === undefined) continue;
    if (unit?.facts.patchedNames.includes(name)) return { step: "member is patched in its file", subject };
    if (own?.some(({ target }) => target.kind === "function"))
      return { step: "method (decorator, override or redefinition)", subject };
    const gap = attributeGap(project, one.file, one.index, name, trail);
    return gap ?? { step: "attribute (values disagree, or assigned in a subclass)", subject };
  }
  return { step: "class lacks the member", subject };
}

function callGap(project: Project, call: Expression & { kind: "call" }, place: Place, trail: Trail): Gap {
  const callee = project.evaluate(call.callee, place);
  const result = project.evaluate(call, place);
  if (result.kind !== "unknown")
    return { step: `capability of a ${result.kind} is open`, subject: describeValue(project, result) };
  if (callee.kind === "function") return resultGap(project, callee, trail);
  if (callee.kind === "class") {
    const odd = linearize(project, callee.reference).find((one) => one !== null && isOdd(project, one));
    const name = describeValue(project, callee);
    const cause = odd == null ? name : `${classOf(project, odd)?.name} (${odd.file})`;
    return { step: "calling a class (__new__, decorator)", subject: cause };
  }
  return { step: `calling a ${callee.kind}`, subject: describeValue(project, callee) };
}

function isOdd(project: Project, reference: Reference): boolean {
  const facts = classOf(project, reference);
  if (facts === null) return false;
  const hasNew = unitOf(project, reference.file)?.facts.scopes[facts.scope]?.bindings.__new__ !== undefined;
  return hasNew || facts.decorators.length > 0;
}

/** What makes the content of a coroutine, a generator or a context manager unknown, if a function made it. */
function insideGap(project: Project, call: Expression, place: Place, trail: Trail): Gap | null {
  if (call.kind !== "call") return null;
  const callee = project.evaluate(call.callee, place);
  if (callee.kind !== "function") return null;
  const gap = resultGap(project, callee, trail);
  return gap.step.startsWith("result of") ? null : gap;
}

function resultGap(project: Project, callee: FunctionObject, trail: Trail): Gap {
  const facts = functionOf(project, callee.reference);
  const subject = describeFunction(project, callee.reference.file, callee.reference.index);
  if (facts === null) return { step: "result of a function", subject };
  if (facts.returnAnnotation !== null) {
    const place: Place = { file: callee.reference.file, scope: facts.parentScope, block: 0, at: Infinity };
    const gap = annotationGap(project, "return annotation", facts.returnAnnotation, place, trail);
    return gap.step === "return annotation" ? { ...gap, subject: `${gap.subject} of ${subject}` } : gap;
  }
  const { file } = callee.reference;
  for (const returned of [...facts.returns, ...facts.yields.map(({ value }) => value)]) {
    if (returned === null) continue;
    const place: Place = { file, scope: facts.scope, block: 0, at: returned.start };
    if (project.evaluate(returned, place).kind === "unknown")
      return firstGap(project, returned, place, trail);
  }
  return { step: "result of an unannotated function", subject };
}
