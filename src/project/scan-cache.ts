import type { Scan } from "../python/scan.ts";

/** Scans by the id of their content (the blob's SHA), so that unchanged files are not scanned again. */
export interface ScanCache {
  /** The scan of this content; null when it cannot be scanned, undefined when it is not (or no longer) known. */
  get(id: string): Scan | null | undefined;
  set(id: string, scan: Scan | null): void;
  /** Estimated bytes of memory that are held. */
  readonly weight: number;
}

/** Enough for the scans of about 20,000 files. */
const DEFAULT_LIMIT = 64_000_000;

/** Remembers the scans that were used last, up to `limit` estimated bytes; one may serve many indexes. */
export function createScanCache(limit = DEFAULT_LIMIT): ScanCache {
  // A map iterates in the order of insertion: what was used longest ago comes first.
  const scans = new Map<string, Scan | null>();
  let weight = 0;
  return {
    get weight() {
      return weight;
    },
    get(id) {
      const scan = scans.get(id);
      if (scan === undefined) return undefined;
      scans.delete(id);
      scans.set(id, scan);
      return scan;
    },
    set(id, scan) {
      const before = scans.get(id);
      if (before !== undefined) weight -= weightOf(before);
      scans.delete(id);
      scans.set(id, scan);
      weight += weightOf(scan);
      for (const [oldest, held] of scans) {
        if (weight <= limit) break;
        scans.delete(oldest);
        weight -= weightOf(held);
      }
    },
  };
}

/** Measured on 14,000 files: objects and their pointers; texts are mostly shared. */
function weightOf(scan: Scan | null): number {
  if (scan === null) return 100;
  return 500 + scan.definitions.length * 130 + scan.imports.length * 90 + scan.names.length * 4;
}
