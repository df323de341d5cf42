import type { FileReport } from "../fixes/fix.ts";
import { hashOf, type Marker } from "./marker.ts";
import type { LocatedDiagnostic } from "./match-threads.ts";
import type { ReviewInput } from "./plan-review.ts";
import { shortSha } from "./short-sha.ts";

type GoneInput = Pick<
  ReviewInput,
  "files" | "skipped" | "leftOut" | "ignored" | "isOn" | "isIncomplete" | "headSha"
>;

/**
 * Says why a finding that was told is not there any more, as a sentence for its thread; null where it may still be
 * there: its file could not be analysed, or only in part, or the change was not read whole.
 */
export function whyGone(
  { files, skipped, leftOut, ignored, isOn, isIncomplete, headSha }: GoneInput,
  found: readonly LocatedDiagnostic[],
): (marker: Marker) => string | null {
  const reports = new Map(files.map(({ path, head }) => [hashOf(path), head]));
  const unread = new Set(skipped.map(({ path }) => hashOf(path)));
  const unwanted = new Set(leftOut.map(hashOf));
  return ({ code, fingerprint, pathHash }) => {
    if (ignored.some((one) => one.code === code)) return `${code} is ignored on this pull request.`;
    const report = reports.get(pathHash);
    if (!isOn(code, report?.path ?? null)) return `${code} is switched off in the configuration.`;
    if (unwanted.has(pathHash)) return "The configuration leaves this file out.";
    const isUnknown = report !== undefined && (report.skipped !== null || report.note !== null);
    if (isIncomplete || isUnknown || unread.has(pathHash)) return null;
    const told = found.filter(({ path, diagnostic }) => {
      return diagnostic.fingerprint === fingerprint && hashOf(path) === pathHash;
    });
    // The base has it as well by now, or it became a note: it is not fixed, only not this change's.
    if (countOf(report, fingerprint) > told.length) return null;
    if (report?.silenced?.includes(fingerprint) === true)
      return `Ignored by a comment in the code since ${shortSha(headSha)}.`;
    return `Fixed in ${shortSha(headSha)}.`;
  };
}

function countOf(report: FileReport | undefined, fingerprint: string): number {
  return report?.diagnostics.filter((one) => one.fingerprint === fingerprint).length ?? 0;
}
