import type { SourceUnit } from "../project/project.ts";
import type { CallSite, FunctionFacts } from "../python/facts.ts";

/**
 * True where a run of the function does not normally reach a call: it stands in a branch of an `if` or `match` or in
 * an `except`, or the function may have returned before. Loops are taken to run.
 */
export function mayBeSkipped({ facts, text }: SourceUnit, owner: FunctionFacts, call: CallSite): boolean {
  if (call.position === "awaited" || call.position === "boolean") return true;
  for (let index = call.block; index > 0; ) {
    const block = facts.blocks[index];
    if (block === undefined || block.start <= owner.start) break;
    if (block.choice !== -1 || isHandler(text, block.start)) return true;
    index = block.parent;
  }
  return (
    owner.returns.some((value) => value !== null && value.end <= call.start) ||
    (owner.returns.includes(null) && /\n[ \t]+return[ \t]*[#\r\n]/.test(text.slice(owner.start, call.start)))
  );
}

/** The suite that starts here belongs to an `except`. */
function isHandler(text: string, start: number): boolean {
  const header = text.slice(Math.max(0, start - 200), start);
  return /(^|\n)[ \t]*except\b[^\n]*:[ \t]*(#[^\n]*)?\s*$/.test(header);
}
