import type { FunctionFacts } from "../python/facts.ts";
import { type BoundArgument, bindArguments, type CallArguments, singleArgument } from "./call-arguments.ts";
import { decoratorEffect } from "./decorators.ts";
import { DOUBT } from "./doubt.ts";
import { linearize } from "./linearize.ts";
import { selectOverload } from "./overloads.ts";
import { classOf, functionOf, isLibrary, keyOf, type Project, scopeOf } from "./project.ts";
import { typeParameterNames } from "./type-environment.ts";
import { signaturePlace } from "./type-parameters.ts";
import { type Match, type Solution, unify } from "./unify.ts";
import { type FunctionObject, type Instance, type Reference, UNKNOWN, type Value } from "./values.ts";

const CLASS_DECORATORS =
  /(^|\.)(dataclass|dataclasses\.dataclass|define|frozen|mutable|s|attrs|attr\.s|final|total_ordering|runtime_checkable|unique|deprecated)$/;

type ClassObject = Extract<Value, { kind: "class" }>;

/** What calling a class gives: an instance, with type arguments solved from what `__init__` gets. */
export function construct(project: Project, callee: ClassObject, given: CallArguments | null): Value {
  const { reference, items, name, isOpen } = callee;
  let doubts = 0;
  for (const one of linearize(project, reference)) {
    if (one === null || isTupleSubclass(project, one)) break;
    const plain = isPlainClass(project, one);
    if (plain === "no") return UNKNOWN;
    if (plain === "unknown") doubts = DOUBT.decorator;
  }
  const instance: Instance = {
    kind: "instance",
    reference,
    items,
    isExact: isOpen !== true,
    isHearsay: false,
    name,
    doubts,
    hops: [],
  } as Instance;
  const made = ownNew(project, callee, given);
  if (made !== null) return made;
  if (items.length > 0 || typeParameterNames(project, reference).length === 0) return instance;
  return { ...instance, items: solvedItems(project, instance, given) };
}

function isTupleSubclass(project: Project, reference: Reference): boolean {
  return reference.file === "facts:builtins.pyi" && classOf(project, reference)?.name === "tuple";
}

/** A `__new__` that says it returns something else than an instance of the class. */
function ownNew(project: Project, callee: ClassObject, given: CallArguments | null): Value | null {
  for (const one of linearize(project, callee.reference)) {
    if (one === null) return null;
    const facts = classOf(project, one);
    if (facts === null || one.file === "facts:builtins.pyi") return null;
    const bindings = scopeOf(project, one.file, facts.scope)?.bindings.__new__;
    if (bindings === undefined) continue;
    const method = project.member(callee, "__new__");
    const function_ = method.kind === "function" ? functionOf(project, method.reference) : null;
    if (function_ === null) return method.kind === "overloads" ? project.call(method, given) : UNKNOWN;
    if (function_.returnAnnotation === null)
      return isLibrary(one.file) || returnsOwnInstance(function_) ? null : UNKNOWN;
    const result = project.call(method, given);
    const isOwn = result.kind === "instance" && keyOf(result.reference) === keyOf(callee.reference);
    return isOwn ? null : result;
  }
  return null;
}

/** `return super().__new__(cls)`, or a name that was assigned from something of the kind. */
function returnsOwnInstance({ returns }: FunctionFacts): boolean {
  return (
    returns.length > 0 &&
    returns.every((returned) => {
      if (returned?.kind === "name") return /^(self|instance|inst|obj|new|cls_instance)$/.test(returned.name);
      return (
        returned?.kind === "call" &&
        returned.callee.kind === "attribute" &&
        returned.callee.name === "__new__"
      );
    })
  );
}

/** The type arguments of a generic class, from the call that makes the instance. */
function solvedItems(project: Project, instance: Instance, given: CallArguments | null): readonly Value[] {
  if (given === null) return [];
  const init = project.member({ ...instance, isExact: true }, "__init__");
  const chosen =
    init.kind === "overloads"
      ? selectOverload(project, init.members, given)
      : init.kind === "function"
        ? init
        : null;
  if (chosen === null) return [];
  const fromSelf = declaredSelf(project, chosen);
  if (fromSelf !== null) return fromSelf;
  const solution = solveCall(project, chosen, given);
  if (solution === null) return [];
  const names = typeParameterNames(project, instance.reference);
  if (!names.some((one) => solution.has(one))) return [];
  return names.map((one) => solution.get(one) ?? UNKNOWN);
}

/** `def __init__(self: Maker[Session], …)` says what is made. */
function declaredSelf(project: Project, init: FunctionObject): readonly Value[] | null {
  const facts = functionOf(project, init.reference);
  const annotation = facts?.parameters[0]?.annotation ?? null;
  const place = signaturePlace(project, init.reference, undefined);
  if (annotation === null || place === null) return null;
  const self = project.evaluateType(annotation, place);
  return self.kind === "instance" && self.items.length > 0 ? self.items : null;
}

/** What the type variables of a function's parameters stand for in a call; null when the call does not fit. */
function solveCall(project: Project, callee: FunctionObject, given: CallArguments): Solution | null {
  const facts = functionOf(project, callee.reference);
  const place = signaturePlace(project, callee.reference, callee.closure);
  if (facts === null || place === null) return null;
  const bound: BoundArgument[] | null = bindArguments(
    facts.parameters,
    given,
    callee.receiver === null ? 0 : 1,
  );
  if (bound === null) return null;
  const solution: Solution = new Map();
  for (const { parameter, value } of bound) {
    if (parameter.annotation !== null) unify(project, parameter.annotation, place, value(), solution);
  }
  return solution;
}

/** Whether the call of a class makes an instance of it; a decorator that nobody knows may replace the class. */
function isPlainClass(project: Project, reference: Reference): Match {
  const facts = classOf(project, reference);
  if (facts === null) return "no";
  if (isLibrary(reference.file)) return "yes";
  const answers = facts.decorators.map((decorator): Match => {
    const callee = decorator.kind === "call" ? decorator.callee : decorator;
    const last = callee.kind === "name" || callee.kind === "attribute" ? callee.name : "";
    if (CLASS_DECORATORS.test(last)) return "yes";
    const place = { file: reference.file, scope: facts.parentScope, block: 0, at: facts.start };
    if (decoratorEffect(project, decorator, place) === "transparent") return "yes";
    const itself: Value = { kind: "class", reference, items: [], hops: [] };
    const result = project.call(project.evaluate(decorator, place), singleArgument(itself));
    if (result.kind === "unknown") return "unknown";
    return result.kind === "class" && keyOf(result.reference) === keyOf(reference) ? "yes" : "no";
  });
  return answers.includes("no") ? "no" : answers.includes("unknown") ? "unknown" : "yes";
}
