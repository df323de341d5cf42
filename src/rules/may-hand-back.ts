import { functionOf } from "../project/project.ts";
import type { FileView, UseSite } from "./rule.ts";

/**
 * True for a call of a plain function that is given a coroutine: what it returns may be that very coroutine, which the
 * function may have scheduled or kept (`tasks.add(work())`).
 */
export function mayHandBack(file: FileView, { use }: UseSite): boolean {
  const { expression } = use;
  if (expression.kind !== "call") return false;
  const isGiven = expression.arguments.some(({ value }) => {
    return file.certainValue(value, use).kind === "coroutine";
  });
  if (!isGiven) return false;
  const callee = file.certainValue(expression.callee, use);
  return callee.kind !== "function" || functionOf(file.project, callee.reference)?.isAsync !== true;
}
