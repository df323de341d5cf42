import type { Site } from "./site.ts";

/** Counts over a set of sites. */
export interface Tally {
  readonly sites: number;
  readonly resolved: number;
  readonly certain: number;
  readonly contradicted: number;
  readonly unresolved: number;
}

/** Counts what is known of the sites. */
export function tally(sites: readonly Site[]): Tally {
  const count = (test: (site: Site) => boolean): number => sites.filter(test).length;
  return {
    sites: sites.length,
    resolved: count(({ verdict }) => verdict === "resolved"),
    certain: count(({ verdict, certainty }) => verdict === "resolved" && certainty === "certain"),
    contradicted: count(({ verdict }) => verdict === "contradicted"),
    unresolved: count(({ verdict }) => verdict === "unresolved"),
  };
}

/** Groups by any number of keys per site, the largest group first. */
export function groupBy<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  }
  return [...groups].sort(([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1));
}

/** A sample of `size` items that is the same for the same seed, in the order of the items. */
export function sample<T>(items: readonly T[], size: number, seed: number): T[] {
  const random = mulberry32(seed);
  return items
    .map((item, index) => ({ item, index, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, size)
    .sort((a, b) => a.index - b.index)
    .map(({ item }) => item);
}

/** A small generator of random numbers in [0, 1) with 32 bits of state. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const WIDTH = 44;

/** The heading of the columns that `tallyRow` fills. */
export function tallyHeading(title: string): string {
  return `${title.padEnd(WIDTH)}${["sites", "resolved", "certain", "contra", "open"].map((one) => one.padStart(10)).join("")}\n`;
}

/** One row of a table: counts, with the shares of resolved and certain ones. */
export function tallyRow(
  name: string,
  { sites, resolved, certain, contradicted, unresolved }: Tally,
): string {
  const share = (part: number): string => (sites === 0 ? "–" : `${((100 * part) / sites).toFixed(1)} %`);
  const cells = [String(sites), share(resolved), share(certain), String(contradicted), String(unresolved)];
  return `${name.slice(0, WIDTH - 1).padEnd(WIDTH)}${cells.map((cell) => cell.padStart(10)).join("")}\n`;
}
