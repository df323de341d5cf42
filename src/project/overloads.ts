import { wrappedResult } from "./call.ts";
import { bindArguments, type CallArguments } from "./call-arguments.ts";
import { DOUBT } from "./doubt.ts";
import { functionOf, type Project } from "./project.ts";
import { signaturePlace } from "./type-parameters.ts";
import { type Match, type Solution, unify } from "./unify.ts";
import { type FunctionObject, UNKNOWN, unionOf, type Value, withDoubts } from "./values.ts";

/** More overloads than this are not looked through. */
const MAX_OVERLOADS = 24;

/**
 * What calling an overloaded function gives: the first overload that certainly fits, or what all those agree
 * on that may fit.
 */
export function callOverloads(
  project: Project,
  members: readonly FunctionObject[],
  given: CallArguments | null,
): Value {
  if (members.length > MAX_OVERLOADS) return UNKNOWN;
  const fitting = fittingOverloads(project, members, given);
  // Tables of libraries may have lost parameters: then only what all overloads agree on counts.
  const asked = fitting.length === 0 ? members : fitting;
  const result = unionOf(asked.map((member) => wrappedResult(project, member, given)));
  if (asked.length === members.length) return result;
  const others = members.filter((member) => !fitting.includes(member));
  const kinds = new Set(others.map((member) => wrappedResult(project, member, null).kind));
  const isAgreed = kinds.size === 1 && kinds.has(result.kind);
  return isAgreed ? result : withDoubts(result, DOUBT.overload);
}

/** The one overload that the arguments select, or null. */
export function selectOverload(
  project: Project,
  members: readonly FunctionObject[],
  given: CallArguments,
): FunctionObject | null {
  if (members.length > MAX_OVERLOADS) return null;
  return fittingOverloads(project, members, given)[0] ?? null;
}

function fittingOverloads(
  project: Project,
  members: readonly FunctionObject[],
  given: CallArguments | null,
): FunctionObject[] {
  const fitting: FunctionObject[] = [];
  for (const member of members) {
    const match = accepts(project, member, given);
    if (match === "no") continue;
    fitting.push(member);
    if (match === "yes") break;
  }
  return fitting;
}

/** Whether a call fits the signature of an overload. */
function accepts(project: Project, member: FunctionObject, given: CallArguments | null): Match {
  const facts = functionOf(project, member.reference);
  const place = signaturePlace(project, member.reference, member.closure);
  if (facts === null || place === null) return "unknown";
  const solution: Solution = new Map();
  const self = facts.parameters[0]?.annotation ?? null;
  let result: Match = given === null ? "unknown" : "yes";
  if (member.receiver !== null && self !== null) {
    const match = unify(project, self, place, member.receiver, solution);
    if (match === "no") return "no";
    if (match === "unknown") result = "unknown";
  }
  if (given === null) return result;
  const bound = bindArguments(facts.parameters, given, member.receiver === null ? 0 : 1);
  if (bound === null) return "no";
  if (given.hasSplat) result = "unknown";
  for (const { parameter, value } of bound) {
    if (parameter.annotation === null) continue;
    const match = unify(project, parameter.annotation, place, value(), solution);
    if (match === "no") return "no";
    if (match === "unknown") result = "unknown";
  }
  return result;
}
