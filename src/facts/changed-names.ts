import { normaliseName, type Pins } from "./pinned-versions.ts";
import { compareVersions, parseVersion, type VersionRange } from "./version-range.ts";

/** A name whose kind is another since version `to`; the tables describe `after`. */
export interface KindChange {
  /** The public name: "anyio.Event.set". */
  readonly name: string;
  /** First version for which `before` is known to hold. */
  readonly from: string;
  /** First version for which `after` is known to hold. */
  readonly to: string;
  readonly before: string;
  readonly after: string;
}

/** What is known about a name's kind in the versions that a repository uses. */
export interface VersionDoubt {
  readonly change: KindChange;
  /** "before": all of these versions have the old kind. "either": they may have one or the other. */
  readonly holds: "before" | "either";
}

/**
 * Tells for a qualified name (public, or that of the defining module) whether its kind differs, or may differ, from
 * what the tables say. A package without a pin may be there in any version.
 * @param changes by package, "python" for the standard library, as in `changes.json`
 */
export function changedNames(
  pins: Pins,
  changes: Readonly<Record<string, readonly KindChange[]>>,
): (name: string) => VersionDoubt | null {
  const doubts = new Map<string, VersionDoubt>();
  for (const [name, list] of Object.entries(changes)) {
    for (const change of list) {
      const holds = compare(pins.get(normaliseName(name)), change);
      if (holds !== null) doubts.set(keyOf(change.name), { change, holds });
    }
  }
  return (name) => doubts.get(keyOf(name)) ?? null;
}

function compare(pinned: VersionRange | undefined, change: KindChange): VersionDoubt["holds"] | null {
  const to = parseVersion(change.to);
  if (to === null) return null;
  if (pinned?.from !== undefined && compareVersions(pinned.from, to) >= 0) return null;
  return pinned?.to !== undefined && compareVersions(pinned.to, to) <= 0 ? "before" : "either";
}

/**
 * "anyio Event.set" for "anyio.Event.set" and for "anyio._core._synchronization.Event.set": libraries publish a
 * class under several modules.
 */
function keyOf(name: string): string {
  const parts = name.replaceAll("()", "").split(".");
  const [last = "", owner = ""] = parts.toReversed();
  const isMember = /^_?[A-Z]/.test(owner) || owner === "async_sessionmaker";
  return `${parts[0]} ${isMember ? `${owner}.` : ""}${last}`;
}
