import type { Binding, BlockFacts } from "../python/facts.ts";
import type { Place } from "./project.ts";

/**
 * The bindings of a local name that the use at `place` may see: the last one before it in a block that
 * certainly ran, those after it in blocks that may have run, and all of them where a loop around the use rebinds
 * the name further down. Bindings in another branch of an `if` around the use are left out.
 */
export function reachingBindings(
  blocks: readonly BlockFacts[],
  bindings: readonly Binding[],
  place: Place,
): readonly Binding[] {
  const ancestors = new Set<number>();
  for (let block = place.block; block !== -1; block = blocks[block]?.parent ?? -1) ancestors.add(block);
  const visible = bindings.filter(
    (one) =>
      ancestors.has(one.block) ||
      (one.target.kind !== "narrowing" && !isExcluded(blocks, one.block, ancestors)),
  );
  const before = visible.filter(({ at }) => at < place.at);
  let last: Binding | null = null;
  for (const one of before) if (ancestors.has(one.block) && (last === null || one.at >= last.at)) last = one;
  if (last === null) return withoutNarrowing(visible.length > 0 ? visible : bindings);
  const dominating = last;
  const isRebound = [...ancestors].some((block) => {
    const facts = blocks[block];
    if (facts === undefined || !facts.isLoop || dominating.at >= facts.start) return false;
    return visible.some(({ at }) => at > place.at && at >= facts.start && at <= facts.end);
  });
  if (isRebound) return withoutNarrowing(visible);
  return [dominating, ...before.filter((one) => one !== dominating && one.at > dominating.at)];
}

function withoutNarrowing(bindings: readonly Binding[]): readonly Binding[] {
  return bindings.filter(({ target }) => target.kind !== "narrowing");
}

/** True for a block in another branch of a choice that the use stands in. */
function isExcluded(blocks: readonly BlockFacts[], block: number, ancestors: ReadonlySet<number>): boolean {
  for (let index = block; index !== -1; index = blocks[index]?.parent ?? -1) {
    const facts = blocks[index];
    if (facts === undefined || ancestors.has(index)) return false;
    if (facts.choice === -1) continue;
    for (const ancestor of ancestors) {
      if (blocks[ancestor]?.choice === facts.choice) return true;
    }
  }
  return false;
}
