import { findMarkers, formatMarker } from "./marker.ts";
import { standingOf, type Thread } from "./thread.ts";

/** Findings whose threads people closed, as markers: they are not told again, and nobody repairs them unasked. */
export function settledFindings(threads: readonly Thread[]): Set<string> {
  const closed = threads.filter((thread) => standingOf(thread) === "closed by a person");
  return new Set(closed.flatMap(({ body }) => findMarkers(body).map(formatMarker)));
}
