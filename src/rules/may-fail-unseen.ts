import { functionOf, unitOf } from "../project/project.ts";
import type { Expression } from "../python/expression.ts";
import type { FileView, Position } from "./rule.ts";

/**
 * True when the function that an expression calls is known to leave its exceptions to who waits for it. One that
 * catches any, or that has further decorators than those that make it what it is, may well be meant to be left alone.
 */
export function mayFailUnseen(
  file: FileView,
  call: Expression,
  position: Position,
  ownDecorators = 0,
): boolean {
  if (call.kind !== "call") return false;
  const callee = file.certainValue(call.callee, position);
  if (callee.kind !== "function") return false;
  const { reference } = callee;
  const facts = functionOf(file.project, reference);
  const text = unitOf(file.project, reference.file)?.text;
  if (facts === null || text === undefined || facts.decorators.length > ownDecorators) return false;
  return !/\bexcept\b|\bsuppress\(/.test(text.slice(facts.start, facts.end));
}
