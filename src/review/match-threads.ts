import type { Diagnostic } from "../fixes/fix.ts";
import { findMarkers, hashOf, type Marker } from "./marker.ts";
import { standingOf, type Thread, type ThreadStanding } from "./thread.ts";

/** A finding that belongs to a pull request. */
export interface LocatedDiagnostic {
  readonly path: string;
  readonly diagnostic: Diagnostic;
}

/** Which finding is told in which thread. */
export interface Matching {
  /** For each thread the findings that are still there, in the order of its markers. */
  readonly told: ReadonlyMap<Thread, readonly LocatedDiagnostic[]>;
  /** For each thread what it tells of and was not found. */
  readonly gone: ReadonlyMap<Thread, readonly Marker[]>;
  /** Findings that no thread tells of. */
  readonly untold: readonly LocatedDiagnostic[];
}

/** One finding that a thread tells of. */
interface Slot {
  readonly thread: Thread;
  readonly marker: Marker;
  finding: LocatedDiagnostic | null;
}

const ORDER: readonly ThreadStanding[] = ["open", "closed by a person", "fixed"];

/**
 * Finds for each finding the thread that tells of it. Equal findings of a file are told apart by their lines: the
 * nearest thread is the right one. A file that is gone may have been renamed: then the fingerprint decides alone.
 * A thread that was fixed and whose lines are gone is history; a finding that comes back needs a new place.
 */
export function matchThreads(
  threads: readonly Thread[],
  findings: readonly LocatedDiagnostic[],
  exists: (pathHash: string) => boolean,
): Matching {
  const slots = threads.flatMap((thread) =>
    findMarkers(thread.body).map((marker): Slot => ({ thread, marker, finding: null })),
  );
  const usable = slots
    .filter(({ thread }) => standingOf(thread) !== "fixed" || thread.line !== null)
    .sort((a, b) => rankOf(a.thread) - rankOf(b.thread));
  const hashes = new Map(findings.map(({ path }) => [path, hashOf(path)]));
  let untold = findings;
  const take = (isSame: (slot: Slot, one: LocatedDiagnostic) => boolean): void => {
    const left = new Set(untold);
    for (const slot of usable) {
      if (slot.finding !== null) continue;
      const candidates = [...left].filter((one) => isSame(slot, one));
      const nearest = candidates.sort((a, b) => distance(slot.thread, a) - distance(slot.thread, b))[0];
      if (nearest === undefined) continue;
      slot.finding = nearest;
      left.delete(nearest);
    }
    untold = untold.filter((one) => left.has(one));
  };
  const isEqual = ({ marker }: Slot, { diagnostic }: LocatedDiagnostic): boolean =>
    marker.fingerprint === diagnostic.fingerprint;
  const isHere = ({ marker }: Slot, { path }: LocatedDiagnostic): boolean =>
    hashes.get(path) === marker.pathHash;
  // Threads whose line is exactly the finding's come first, so that no other one takes it.
  take((slot, one) => isEqual(slot, one) && isHere(slot, one) && distance(slot.thread, one) === 0);
  take((slot, one) => isEqual(slot, one) && isHere(slot, one));
  take((slot, one) => isEqual(slot, one) && !exists(slot.marker.pathHash));
  return { ...byThread(slots), untold };
}

function byThread(slots: readonly Slot[]): Pick<Matching, "told" | "gone"> {
  const told = new Map<Thread, LocatedDiagnostic[]>();
  const gone = new Map<Thread, Marker[]>();
  for (const { thread, marker, finding } of slots) {
    if (finding === null) gone.set(thread, [...(gone.get(thread) ?? []), marker]);
    else told.set(thread, [...(told.get(thread) ?? []), finding]);
  }
  return { told, gone };
}

/** Open threads go before closed ones, those on lines of the head before outdated ones. */
function rankOf(thread: Thread): number {
  return ORDER.indexOf(standingOf(thread)) * 2 + (thread.line === null ? 1 : 0);
}

/** Lines between a thread and a finding; an outdated thread has no line and is far from everything. */
function distance({ line, startLine }: Thread, { diagnostic: { location } }: LocatedDiagnostic): number {
  if (line === null) return Number.MAX_SAFE_INTEGER;
  const first = startLine ?? line;
  if (location.line < first) return first - location.line;
  return Math.max(0, location.line - line);
}
