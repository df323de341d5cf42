/** A memory that forgets what was not asked for longest once its values are too large together. */
export interface BoundedMap<Value> {
  /** The value, which counts as used now. */
  get(key: string): Value | undefined;
  /** Keeps a value that takes about so many bytes; one larger than the whole memory is not kept. */
  set(key: string, value: Value, bytes: number): void;
  /** The estimated bytes of everything kept. */
  readonly bytes: number;
}

/** An empty memory for at most `maxBytes` (as estimated by those who fill it). */
export function createBoundedMap<Value>(maxBytes: number): BoundedMap<Value> {
  // A Map keeps the order of insertion: the first entry is the one used longest ago.
  const entries = new Map<string, { readonly value: Value; readonly bytes: number }>();
  let total = 0;

  function remove(key: string): void {
    total -= entries.get(key)?.bytes ?? 0;
    entries.delete(key);
  }

  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value, bytes) {
      remove(key);
      if (bytes > maxBytes) return;
      entries.set(key, { value, bytes });
      total += bytes;
      for (const oldest of entries.keys()) {
        if (total <= maxBytes) break;
        remove(oldest);
      }
    },
    get bytes() {
      return total;
    },
  };
}
