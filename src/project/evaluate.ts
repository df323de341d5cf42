import { dottedName, type Expression, type LiteralType } from "../python/expression.ts";
import { builtinInstance, isBuiltinTuple } from "./builtins.ts";
import { awaitedResult, enteredValue, iteratedElement } from "./consume.ts";
import { isGuarded, lookupName } from "./lookup-name.ts";
import type { Place, Project } from "./project.ts";
import { functionOf, scopeOf, unitOf } from "./project.ts";
import { qualifiedName } from "./qualified-name.ts";
import { NONE, UNKNOWN, unionOf, type Value, withHops } from "./values.ts";

/** Longest chain of questions that is followed; real code stays far below. */
const MAX_DEPTH = 60;

/** What an expression evaluates to where it stands, or unknown. */
export function evaluate(project: Project, expression: Expression, place: Place): Value {
  if (project.depth > MAX_DEPTH) return UNKNOWN;
  project.depth += 1;
  try {
    return evaluateKind(project, expression, place);
  } finally {
    project.depth -= 1;
  }
}

function evaluateKind(project: Project, expression: Expression, place: Place): Value {
  switch (expression.kind) {
    case "name":
      return lookupName(project, expression.name, place);
    case "attribute": {
      const name = dottedName(expression);
      if (name !== null && isGuarded(project, name, place)) return UNKNOWN;
      if (isPatched(project, place.file, expression.name)) return UNKNOWN;
      return project.member(project.evaluate(expression.object, place), expression.name);
    }
    case "call":
      return evaluateCall(project, expression, place);
    case "await":
      return awaitedResult(project, project.evaluate(expression.operand, place));
    case "subscript":
      return evaluateSubscript(project, expression, place);
    case "choice":
      return unionOf(expression.branches.map((branch) => project.evaluate(branch, place)));
    case "string":
      return builtinInstance(project, "str", []);
    case "literal":
      return evaluateLiteral(project, expression.type, expression.items, place);
    case "entered":
      return enteredValue(project, project.evaluate(expression.operand, place), expression.isAsync);
    case "element":
      return iteratedElement(project, project.evaluate(expression.operand, place), expression.isAsync);
    case "unpacked": {
      const value = project.evaluate(expression.operand, place);
      if (value.kind === "tuple") return value.items[expression.index] ?? UNKNOWN;
      return iteratedElement(project, value, false);
    }
    case "union":
    case "opaque":
      return UNKNOWN;
  }
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
  if (type === "function" || type === "ellipsis") return UNKNOWN;
  if (type === "generator") return { kind: "generator", element: UNKNOWN, hops: [] };
  if (type === "tuple") {
    return { kind: "tuple", items: items.map((item) => project.evaluate(item, place)), hops: [] };
  }
  const element =
    type === "list" && items.length > 0 ? [unionOf(items.map((item) => project.evaluate(item, place)))] : [];
  return builtinInstance(project, type, element);
}

/** Calls that a type system treats specially, and all others. */
function evaluateCall(project: Project, call: Expression & { kind: "call" }, place: Place): Value {
  const name = qualifiedName(project, call.callee, place);
  if (name === "builtins.super" && call.arguments.length === 0) return superObject(project, place);
  const [first, second] = call.arguments;
  if (
    (name === "typing.cast" || name === "typing_extensions.cast") &&
    first !== undefined &&
    second !== undefined
  ) {
    return project.evaluateType(first.value, place);
  }
  const callee = project.evaluate(call.callee, place);
  return project.call(callee);
}

function superObject(project: Project, place: Place): Value {
  for (let scope = scopeOf(project, place.file, place.scope); scope !== null; ) {
    const outer = scope.parent === null ? null : scopeOf(project, place.file, scope.parent);
    if (scope.kind === "function" && outer?.kind === "class") {
      const method = functionOf(project, { file: place.file, index: scope.subject });
      if (method === null) return UNKNOWN;
      return { kind: "super", reference: { file: place.file, index: outer.subject }, hops: [] };
    }
    scope = outer;
  }
  return UNKNOWN;
}

/** `Repo[int]` is a class, `rows[0]` what `__getitem__` returns. */
function evaluateSubscript(
  project: Project,
  expression: Expression & { kind: "subscript" },
  place: Place,
): Value {
  const object = project.evaluate(expression.object, place);
  if (object.kind === "class") {
    const items = expression.items.map((item) => project.evaluateType(item, place));
    return { ...object, items: isBuiltinTuple(project, object) ? [unionOf(items)] : items };
  }
  if (object.kind === "tuple") return UNKNOWN;
  if (object.kind !== "instance") return UNKNOWN;
  return withHops(project.call(project.member(object, "__getitem__")), object.hops);
}
