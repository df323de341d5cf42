import { functionOf, isLibrary } from "../project/project.ts";
import type { Value } from "../project/values.ts";
import type { SyntaxNode } from "../python/syntax-node.ts";
import { callAt } from "./call-at.ts";
import type { FileView } from "./rule.ts";

const REPORTS =
  /^(debug|info|warn|warning|error|exception|critical|log|msg|print|write|echo|append|set|clear|add)$/;

/**
 * True for a call of which it is not certain that control comes back: `sys.exit()`, `pytest.fail()`, a function of the
 * repository that always raises, and everything that is not known.
 */
export function mayNotReturn(file: FileView, node: SyntaxNode): boolean {
  const call = callAt(file, node);
  if (call === undefined) return true;
  const { callee } = call.expression;
  if ((callee.kind === "attribute" || callee.kind === "name") && REPORTS.test(callee.name)) return false;
  const value = file.certainValue(callee, call);
  return !(value.kind === "overloads" ? value.members : [value]).every((one) => returns(file, one));
}

function returns({ project }: FileView, value: Value): boolean {
  if (value.kind === "class") return true;
  const facts = value.kind === "function" ? functionOf(project, value.reference) : null;
  if (facts === null || value.kind !== "function") return false;
  const annotation = facts.returnAnnotation;
  const name = annotation?.kind === "name" || annotation?.kind === "attribute" ? annotation.name : "";
  if (name === "NoReturn" || name === "Never") return false;
  return isLibrary(value.reference.file) || facts.mayFallThrough || facts.returns.length > 0;
}
