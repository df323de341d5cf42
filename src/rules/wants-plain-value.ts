import { capabilitiesOf } from "../project/capabilities.ts";
import { functionOf, type Project } from "../project/project.ts";
import type { FunctionObject } from "../project/values.ts";
import type { Expression } from "../python/expression.ts";
import { namedChildren, type SyntaxNode } from "../python/syntax-node.ts";
import { callAt } from "./call-at.ts";
import type { FileView } from "./rule.ts";

/**
 * True where a mention of a name goes to a place that is declared for a value which is certainly not awaitable: a
 * parameter of a known function, the result of a coroutine function around it.
 */
export function wantsPlainValue(file: FileView, mention: SyntaxNode): boolean {
  const { parent } = mention;
  if (parent?.type === "return_statement") return isReturnedAsPlainValue(file, parent);
  const argument = parent?.type === "keyword_argument" ? parent : mention;
  const list = argument.parent;
  if (list?.type !== "argument_list" || list.parent === null) return false;
  const call = callAt(file, list.parent);
  const callee = call === undefined ? null : file.certainValue(call.expression.callee, call);
  if (callee?.kind !== "function") return false;
  const before = namedChildren(list);
  const at = before.indexOf(argument);
  if (before.slice(0, at).some(({ type }) => /splat$/.test(type))) return false;
  const name = argument === mention ? null : namedChildren(argument)[0];
  const annotation = annotationOf(
    file.project,
    callee,
    name == null ? at : file.unit.text.slice(name.start, name.end),
  );
  return annotation !== null && isPlain(file.project, annotation, callee.reference);
}

function annotationOf(
  project: Project,
  callee: FunctionObject,
  argument: number | string,
): Expression | null {
  const parameters = functionOf(project, callee.reference)?.parameters ?? [];
  const found =
    typeof argument === "string"
      ? parameters.find(({ name }) => name === argument)
      : parameters.filter(({ kind }) => kind === "positional")[argument + (callee.receiver === null ? 0 : 1)];
  return found?.annotation ?? null;
}

function isReturnedAsPlainValue(file: FileView, statement: SyntaxNode): boolean {
  const { functions } = file.unit.facts;
  let index = -1;
  for (const [at, { start, end }] of functions.entries())
    if (start <= statement.start && statement.end <= end) index = at;
  const around = functions[index];
  if (around?.isAsync !== true || around.returnAnnotation === null) return false;
  return isPlain(file.project, around.returnAnnotation, { file: file.path, index });
}

function isPlain(
  project: Project,
  annotation: Expression,
  reference: { readonly file: string; readonly index: number },
): boolean {
  const facts = functionOf(project, reference);
  if (facts === null) return false;
  const place = { file: reference.file, scope: facts.parentScope, block: 0, at: facts.start };
  const value = project.evaluateType(annotation, place);
  return (value.doubts ?? 0) === 0 && capabilitiesOf(project, value).awaitable === "no";
}
