import type { Binding, BlockFacts } from "../python/facts.ts";
import type { Place } from "./project.ts";

/**
 * The bindings of a local name that the use at `place` may see: the last one before it in a block that
 * certainly ran, unless a loop around the use rebinds the name further down; otherwise all of them.
 */
export function reachingBindings(
  blocks: readonly BlockFacts[],
  bindings: readonly Binding[],
  place: Place,
): readonly Binding[] {
  const ancestors = new Set<number>();
  for (let block = place.block; block !== -1; block = blocks[block]?.parent ?? -1) ancestors.add(block);
  const before = bindings.filter(({ at }) => at < place.at);
  const last = before.reduce<Binding | null>(
    (best, one) => (best === null || one.at >= best.at ? one : best),
    null,
  );
  if (last === null || !ancestors.has(last.block)) return bindings;
  const isRebound = [...ancestors].some((block) => {
    const facts = blocks[block];
    if (facts === undefined || !facts.isLoop || last.at >= facts.start) return false;
    return bindings.some(({ at }) => at > place.at && at >= facts.start && at < facts.end);
  });
  return isRebound ? bindings : [last];
}
