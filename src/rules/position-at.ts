import type { Span } from "../python/location.ts";
import type { FileView, Position } from "./rule.ts";

/** Where the names of the code at an offset are looked up: its innermost scope and block. */
export function positionAt({ unit }: FileView, offset: number): Position {
  const { scopes, blocks } = unit.facts;
  return { scope: innermost(scopes, offset), block: innermost(blocks, offset), start: offset };
}

function innermost(spans: readonly Span[], offset: number): number {
  let best = 0;
  for (const [index, { start, end }] of spans.entries()) {
    const known = spans[best];
    if (start <= offset && offset < end && (known === undefined || start >= known.start)) best = index;
  }
  return best;
}
