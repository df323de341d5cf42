import type { CallSite } from "../python/facts.ts";
import type { Span } from "../python/location.ts";
import type { Step } from "./repair.ts";

/** `run(f())` → `await f()`: what stands around the operand goes, with parentheses where `await` binds too loosely. */
export function replaceWithAwait(call: CallSite, operand: Span): Step[] {
  const { start, end, position } = call;
  const isTight = ["attribute", "subscript", "called", "awaited"].includes(position);
  return [
    { kind: "replace", span: { start, end: operand.start }, text: isTight ? "(await " : "await " },
    { kind: "replace", span: { start: operand.end, end }, text: isTight ? ")" : "" },
  ];
}
