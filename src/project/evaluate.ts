import { dottedName, type Expression, type LiteralType } from "../python/expression.ts";
import { builtinInstance, isBuiltinTuple } from "./builtins.ts";
import { awaitedResult, enteredValue, iteratedElement } from "./consume.ts";
import { DOUBT } from "./doubt.ts";
import { evaluateCall } from "./evaluate-call.ts";
import { isTested, lookupName } from "./lookup-name.ts";
import { type Place, type Project, unitOf } from "./project.ts";
import { qualifiedName } from "./qualified-name.ts";
import { tupleItems } from "./tuples.ts";
import { variablesIn } from "./type-environment.ts";
import { isTypingForm, typeForm } from "./type-form.ts";
import { isTypedDict } from "./typed-dict.ts";
import { NONE, UNKNOWN, unionOf, type Value, withDoubts, withHops, withoutNone } from "./values.ts";

/** What an expression evaluates to where it stands, or unknown. */
export function evaluate(project: Project, expression: Expression, place: Place): Value {
  const of = (inner: Expression): Value => project.evaluate(inner, place);
  switch (expression.kind) {
    case "name":
      return lookupName(project, expression.name, place);
    case "attribute":
      return evaluateAttribute(project, expression, place);
    case "call":
      return evaluateCall(project, expression, place);
    case "await":
      return from(of(expression.operand), (operand) => awaitedResult(project, operand));
    case "subscript":
      return evaluateSubscript(project, expression, place);
    case "choice":
      return unionOf(expression.branches.map(of));
    case "string": {
      const value = builtinInstance(project, "str", []);
      return value.kind === "instance" ? { ...value, literal: expression.value } : value;
    }
    case "literal":
      return evaluateLiteral(project, expression.type, expression.items, place);
    case "lambda":
      return lambdaValue(project, expression, place);
    case "comprehension": {
      const element = project.evaluate(expression.element, inScopeOf(project, expression, place));
      if (expression.type === "generator") return { kind: "generator", element, hops: [] };
      return builtinInstance(project, expression.type, [element]);
    }
    case "entered":
      return from(of(expression.operand), (operand) => enteredValue(project, operand, expression.isAsync));
    case "element":
      return from(of(expression.operand), (operand) => iteratedElement(project, operand, expression.isAsync));
    case "unpacked":
      return from(of(expression.operand), (value) => {
        if (value.kind === "tuple") return value.items[expression.index] ?? UNKNOWN;
        const items = value.kind === "instance" ? tupleItems(project, value) : null;
        if (items !== null) return items[expression.index] ?? UNKNOWN;
        return iteratedElement(project, value, false);
      });
    case "union":
      return isTypeUnion(project, expression.members, place)
        ? typeForm(project, expression, place, null)
        : UNKNOWN;
    case "opaque":
      return UNKNOWN;
  }
}

/** What is derived from a value is no more certain than the value. */
function from(value: Value, derive: (value: Value) => Value): Value {
  return withDoubts(derive(withoutNone(value)), value.doubts ?? 0);
}

function evaluateAttribute(
  project: Project,
  expression: Expression & { kind: "attribute" },
  place: Place,
): Value {
  const name = dottedName(expression);
  const tested = name === null ? null : isTested(project, name, place);
  if (tested === "kind") return UNKNOWN;
  const found = from(project.evaluate(expression.object, place), (object) =>
    project.member(object, expression.name),
  );
  const value = isPatched(project, place.file, expression.name) ? withDoubts(found, DOUBT.patched) : found;
  if (isMethod(value) && unitOf(project, place.file)?.facts.assignedAttributes.includes(expression.name))
    return withDoubts(value, DOUBT.patched);
  return tested === "class" ? withDoubts(value, DOUBT.narrowing) : value;
}

function isMethod(value: Value): boolean {
  if (value.kind === "union") return value.members.some(isMethod);
  return value.kind === "function" || value.kind === "overloads" || value.kind === "callable";
}

function isPatched(project: Project, file: string, name: string): boolean {
  return unitOf(project, file)?.facts.patchedNames.includes(name) ?? false;
}

function evaluateLiteral(
  project: Project,
  type: LiteralType,
  items: readonly Expression[],
  place: Place,
): Value {
  if (type === "None") return NONE;
  if (type === "ellipsis") return UNKNOWN;
  const values = (): Value[] => items.map((item) => project.evaluate(item, place));
  if (type === "tuple") return { kind: "tuple", items: values(), hops: [] };
  if (items.length === 0) return builtinInstance(project, type, []);
  const element = unionOf(values());
  return builtinInstance(project, type, type === "dict" ? [UNKNOWN, element] : [element]);
}

/** Parameters of a lambda are what the call passes, by position. */
function lambdaValue(
  project: Project,
  { parameters, body }: Expression & { kind: "lambda" },
  place: Place,
): Value {
  return {
    kind: "callable",
    hops: [],
    call(given) {
      const types = new Map(place.types);
      for (const [index, name] of parameters.entries()) {
        types.set(name, given?.positional[index]?.() ?? given?.keywords.get(name)?.() ?? UNKNOWN);
      }
      return project.evaluate(body, { ...place, types, at: body.start });
    },
  };
}

/** The place inside the scope that an expression opens. */
function inScopeOf(project: Project, { start, end }: Expression, place: Place): Place {
  const unit = unitOf(project, place.file);
  if (unit === null) return place;
  let spans = project.scopeSpans.get(unit.facts);
  if (spans === undefined) {
    spans = new Map(unit.facts.scopes.map((scope, index) => [`${scope.start}:${scope.end}`, index]));
    project.scopeSpans.set(unit.facts, spans);
  }
  const scope = spans.get(`${start}:${end}`);
  return scope === undefined ? place : { ...place, scope };
}

/** `A | B` between types; between other values it is an operator that anything may define. */
function isTypeUnion(project: Project, members: readonly Expression[], place: Place): boolean {
  return members.every((member) => {
    if (member.kind === "literal" && member.type === "None") return true;
    const { kind } = project.evaluate(member, place);
    return kind === "class" || kind === "type-form" || kind === "type-variable";
  });
}

/** `Repo[int]` is a class, `rows[0]` what `__getitem__` returns. */
function evaluateSubscript(
  project: Project,
  expression: Expression & { kind: "subscript" },
  place: Place,
): Value {
  const name = qualifiedName(project, expression.object, place);
  if (name !== null && isTypingForm(name)) return typeForm(project, expression, place, null);
  const object = withoutNone(project.evaluate(expression.object, place));
  if (object.kind === "class") {
    if (object.name !== undefined && isTypingForm(object.name))
      return typeForm(project, expression, place, null);
    if (place.types === undefined && variablesIn(project, expression, place, 0).length > 0)
      return typeForm(project, expression, place, null);
    const items = expression.items.map((item) => project.evaluateType(item, place));
    return { ...object, items: isBuiltinTuple(project, object) ? [unionOf(items)] : items };
  }
  if (object.kind === "type-form") {
    const items = expression.items.map((item) => project.evaluateType(item, place));
    return { ...object, instantiate: (given) => object.instantiate(given ?? items) };
  }
  if (object.kind === "instance" && object.name !== undefined && isTypingForm(object.name))
    return typeForm(project, expression, place, null);
  if (object.kind === "tuple") return tupleItem(object.items, expression.items[0]);
  if (object.kind === "unknown" && object.name !== undefined)
    return { kind: "unknown", name: `${object.name}[]`, hops: [] };
  if (object.kind !== "instance") return UNKNOWN;
  const places = tupleItems(project, object);
  if (places !== null) return tupleItem(places, expression.items[0]);
  const [key] = expression.items;
  if (key?.kind === "string" && isTypedDict(project, object)) return project.member(object, key.value);
  const given = {
    positional: expression.items.slice(0, 1).map((item) => () => project.evaluate(item, place)),
    keywords: new Map(),
    hasSplat: false,
  };
  const result = project.call(project.member(object, "__getitem__"), given);
  return withDoubts(withHops(result, object.hops), object.doubts ?? 0);
}

function tupleItem(items: readonly Value[], index: Expression | undefined): Value {
  return index?.kind === "literal" && index.text !== undefined
    ? (items[Number(index.text)] ?? UNKNOWN)
    : UNKNOWN;
}
