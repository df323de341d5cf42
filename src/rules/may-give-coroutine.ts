import { functionOf, unitOf } from "../project/project.ts";
import type { FunctionObject, Value } from "../project/values.ts";
import type { Expression } from "../python/expression.ts";
import type { FileView, Position } from "./rule.ts";

/** Types that are, or may stand for, a coroutine: also type variables. */
const MAY_BE_COROUTINE =
  /Awaitable|Coroutine|\bAny\b|\bobject\b|\bSelf\b|\b_?[A-Z][A-Z0-9]?\b|\b_\w*T\w*\b|T_\w+|_T\b/;

// Builtins and methods of strings and dates: the most frequent calls, known without a look.
const PLAIN_FUNCTIONS = new Set(
  (
    "super len str int float bool repr type isinstance issubclass hasattr getattr id hash abs round range dict list " +
    "tuple set frozenset sorted sum min max any all enumerate zip open print ord chr bytes divmod vars dir"
  ).split(" "),
);
const PLAIN_METHODS = new Set(
  (
    "format split rsplit strip lstrip rstrip lower upper startswith endswith splitlines isoformat total_seconds encode " +
    "strftime isdigit"
  ).split(" "),
);

/** True for names of builtins, of methods of strings, and for names that are spelt like those of classes. */
function isPlainByName(callee: Expression): boolean {
  if (callee.kind !== "name" && callee.kind !== "attribute") return false;
  const plain = callee.kind === "name" ? PLAIN_FUNCTIONS : PLAIN_METHODS;
  return plain.has(callee.name) || /^_*[A-Z]\w*[a-z]/.test(callee.name);
}

/**
 * False for a call that certainly gives no coroutine, by what it calls alone: a class, a plain function whose
 * annotation says so or that returns nothing. Much cheaper than evaluating the call.
 */
export function mayGiveCoroutine(
  file: FileView,
  { callee }: Expression & { kind: "call" },
  position: Position,
): boolean {
  if (isPlainByName(callee)) return false;
  const value = file.certainValue(callee, position);
  return value.kind === "overloads" ? value.members.some((one) => mayGive(file, one)) : mayGive(file, value);
}

function mayGive(file: FileView, value: Value): boolean {
  if (value.kind === "function") return functionMayGive(file, value);
  return value.kind === "callable" || value.kind === "instance" || value.kind === "union";
}

function functionMayGive({ project }: FileView, { reference, wrappings }: FunctionObject): boolean {
  const facts = functionOf(project, reference);
  if (facts === null || facts.isAsync || wrappings.length > 0) return facts !== null;
  const { returnAnnotation, returns } = facts;
  if (returnAnnotation === null) return returns.some((one) => one !== null && one.kind !== "literal");
  const { start, end } = returnAnnotation;
  return MAY_BE_COROUTINE.test(unitOf(project, reference.file)?.text.slice(start, end) ?? "Any");
}
