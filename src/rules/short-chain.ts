import type { Hop } from "../project/hop.ts";

/** Hops that are shown where there is little room. */
export const SHORT_CHAIN = 4;

/** At most `limit` hops of a chain: the first one, nearest to the use, and those nearest to the definition. */
export function shortChain(chain: readonly Hop[], limit = SHORT_CHAIN): readonly Hop[] {
  if (chain.length <= limit) return chain;
  return limit <= 1 ? chain.slice(-1) : [...chain.slice(0, 1), ...chain.slice(1 - limit)];
}
