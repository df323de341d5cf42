import { createHash } from "node:crypto";

/** What a comment of ours is about: one finding, known by its rule, its fingerprint and its file. */
export interface Marker {
  readonly code: string;
  readonly fingerprint: string;
  /** Stands for the path, so that a comment does not have to hold it. */
  readonly pathHash: string;
}

const FINDING = /^<!-- yieldsign:v1 (YS\d{3}) ([0-9a-f]{16}) ([0-9a-f]{8}) -->$/gm;

/** The finding as a marker. No line number and no commit is in it, so it stays the same while the lines move. */
export function toMarker(
  path: string,
  { code, fingerprint }: { readonly code: string; readonly fingerprint: string },
): Marker {
  return { code, fingerprint, pathHash: hashOf(path) };
}

/** Eight hexadecimal digits for a path. */
export function hashOf(path: string): string {
  return createHash("sha256").update(path).digest("hex").slice(0, 8);
}

/** The hidden line by which a comment of ours is found again. */
export function formatMarker({ code, fingerprint, pathHash }: Marker): string {
  return `<!-- yieldsign:v1 ${code} ${fingerprint} ${pathHash} -->`;
}

/**
 * The findings a comment is about. Only whole lines of exactly our form count; the caller has to know that the
 * comment is ours, because anybody may quote a marker.
 */
export function findMarkers(body: string): Marker[] {
  return [...body.replaceAll("\r\n", "\n").matchAll(FINDING)].map(
    ([, code = "", fingerprint = "", pathHash = ""]) => ({ code, fingerprint, pathHash }),
  );
}

/** What a comment of ours says about its thread, besides the findings. */
export type ThreadMark = "fixed" | "back";

const MARK = /^<!-- yieldsign:(fixed|back) [0-9a-f]+ -->$/gm;

/** The hidden line of a comment that says that its finding is gone, or there again, as of a commit. */
export function formatThreadMark(mark: ThreadMark, sha: string): string {
  return `<!-- yieldsign:${mark} ${sha} -->`;
}

/** The last mark in the texts of our comments of one thread, in their order; null without any. */
export function lastThreadMark(bodies: readonly string[]): ThreadMark | null {
  let last: ThreadMark | null = null;
  for (const body of bodies)
    for (const [, mark] of body.replaceAll("\r\n", "\n").matchAll(MARK)) last = mark as ThreadMark;
  return last;
}

/** The first line of the one comment in the timeline. */
export const SUMMARY_MARKER = "<!-- yieldsign:summary -->";

/** The hidden line of a comment that tells of one rule in many places. */
export const GROUP_MARKER = "<!-- yieldsign:group -->";
