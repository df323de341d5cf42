/**
 * One step of the hash of a name: a rotation, because it costs a cycle and a multiplication three. Two names with
 * one hash make a file a candidate too many, never one too few.
 */
export function mixByte(hash: number, byte: number): number {
  return ((hash << 5) | (hash >>> 27)) ^ byte;
}

/** The number under which `Scan.names` holds a name. */
export function nameHash(name: string): number {
  const bytes = Buffer.from(name, "utf8");
  let hash = bytes[0] ?? 0;
  for (let at = 1; at < bytes.length; at++) hash = mixByte(hash, bytes[at] as number);
  return hash;
}

/** True when the file of a scan may mention a name; false only when it does not. */
export function mayMention(names: Int32Array, hash: number): boolean {
  return hash === 0 || names.includes(hash);
}

/** Spreads similar hashes over a table of `2 ** bits` slots. */
export function slotOf(hash: number, bits: number): number {
  return Math.imul(hash, 0x9e3779b1) >>> (32 - bits);
}

// An open hash table that is emptied by its list of filled slots. 0 marks a free slot and is not held. Few files
// have so many names that they spill into the set.
const BITS = 13;
const SLOTS = 1 << BITS;
const CAPACITY = SLOTS / 2;
const table = new Int32Array(SLOTS);
const filled = new Int32Array(CAPACITY);
const spilled = new Set<number>();
const state = { count: 0 };

/** Forgets the names of the file before. */
export function clearNames(): void {
  for (let at = 0; at < state.count; at++) table[filled[at] as number] = 0;
  state.count = 0;
  spilled.clear();
}

/** Adds the hash of a name to those of this file. */
export function addName(hash: number): void {
  let slot = slotOf(hash, BITS);
  for (;;) {
    const held = table[slot];
    if (held === hash) return;
    if (held === 0) break;
    slot = (slot + 1) & (SLOTS - 1);
  }
  insert(hash, slot);
}

function insert(hash: number, slot: number): void {
  if (state.count === CAPACITY) {
    spilled.add(hash);
    return;
  }
  table[slot] = hash;
  filled[state.count++] = slot;
}

/** The names of this file. */
export function takeNames(): Int32Array {
  const names = new Int32Array(state.count + spilled.size);
  for (let at = 0; at < state.count; at++) names[at] = table[filled[at] as number] as number;
  let at = state.count;
  for (const hash of spilled) names[at++] = hash;
  return names;
}
