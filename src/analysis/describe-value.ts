import { classOf, type Project, unitOf } from "../project/project.ts";
import type { Value } from "../project/values.ts";
import type { Expression } from "../python/expression.ts";

/** The source of an expression on one line. */
export function sourceOf(project: Project, file: string, { start, end }: Expression): string {
  return (unitOf(project, file)?.text.slice(start, end) ?? "").replace(/\s+/g, " ").slice(0, 80);
}

/** The qualified name of a function and where it is defined. */
export function describeFunction(project: Project, file: string, index: number): string {
  const unit = unitOf(project, file);
  const facts = unit?.facts.functions[index];
  if (unit === null || unit === undefined || facts === undefined) return file;
  return `${unit.facts.scopes[facts.scope]?.qualifiedName ?? facts.name} (${file}:${unit.locate(facts.nameSpan).line})`;
}

/** A short name of a value for people. */
export function describeValue(project: Project, value: Value): string {
  switch (value.kind) {
    case "instance":
    case "class":
    case "super":
      return `${value.kind} ${classOf(project, value.reference)?.name ?? "?"}`;
    case "module":
      return value.module;
    case "function":
      return describeFunction(project, value.reference.file, value.reference.index);
    case "overloads": {
      const [first] = value.members;
      return first === undefined ? value.kind : `overloads of ${describeValue(project, first)}`;
    }
    case "union":
      return value.members.map((member) => describeValue(project, member)).join(" | ");
    default:
      return value.kind;
  }
}
