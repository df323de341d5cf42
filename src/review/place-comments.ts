import type { Hunk } from "../diff/hunk.ts";
import { normalizeEdits } from "../fixes/apply-edits.ts";
import type { Diagnostic, FileReport } from "../fixes/fix.ts";
import { anchorLines, type Suggestion, toSuggestion } from "./suggestion.ts";

/** Findings that share lines of the diff, and with them a comment. */
export interface Placed {
  readonly diagnostics: readonly Diagnostic[];
  readonly suggestion: Suggestion | null;
  readonly firstLine: number;
  readonly lastLine: number;
}

/** The findings of one file on lines of the diff, from top to bottom, and those for which it has no line. */
export interface Placement {
  readonly placed: readonly Placed[];
  readonly unplaced: readonly Diagnostic[];
}

/**
 * Puts findings on lines of the diff. Findings whose lines overlap become one comment with one suggestion for
 * all, because GitHub applies only one suggestion a line.
 */
export function placeFindings(
  report: FileReport,
  diagnostics: readonly Diagnostic[],
  hunks: readonly Hunk[],
): Placement {
  const unplaced: Diagnostic[] = [];
  let placed: Placed[] = [];
  for (const one of diagnostics) {
    const place = placeTogether(report, [one], hunks);
    if (place === null) unplaced.push(one);
    else placed = merge(report, placed, place, hunks);
  }
  return { placed: placed.sort((a, b) => a.lastLine - b.lastLine), unplaced };
}

/** One place for findings that share a comment; null where the diff has no line for them. */
export function placeTogether(
  report: FileReport,
  diagnostics: readonly Diagnostic[],
  hunks: readonly Hunk[],
): Placed | null {
  const suggestion = suggestionFor(report, diagnostics, hunks);
  if (suggestion !== null) {
    return { diagnostics, suggestion, firstLine: suggestion.firstLine, lastLine: suggestion.lastLine };
  }
  const line = Math.min(...diagnostics.map(({ location }) => location.line));
  const endLine = Math.max(...diagnostics.map(({ location }) => location.endLine));
  const anchor = anchorLines(hunks, line, endLine);
  return anchor === null ? null : { diagnostics, suggestion: null, ...anchor };
}

/** One suggestion with the edits of all findings that have a repair; null if they touch the same text. */
function suggestionFor(
  report: FileReport,
  diagnostics: readonly Diagnostic[],
  hunks: readonly Hunk[],
): Suggestion | null {
  const edits = normalizeEdits(diagnostics.flatMap(({ fix }) => fix?.edits ?? []));
  if (edits === null || edits.length === 0 || report.text === null) return null;
  return toSuggestion(report.text, report.hasBom, edits, hunks);
}

function merge(
  report: FileReport,
  placed: readonly Placed[],
  next: Placed,
  hunks: readonly Hunk[],
): Placed[] {
  const overlapping = placed.filter(
    (one) => one.firstLine <= next.lastLine && next.firstLine <= one.lastLine,
  );
  if (overlapping.length === 0) return [...placed, next];
  const others = placed.filter((one) => !overlapping.includes(one));
  const all = [...overlapping.flatMap(({ diagnostics }) => diagnostics), ...next.diagnostics];
  const together = placeTogether(report, all, hunks) ?? {
    ...next,
    diagnostics: all,
    suggestion: null,
  };
  const firstSuggestion = [...overlapping, next].find(({ suggestion }) => suggestion !== null) ?? null;
  const best: Placed =
    together.suggestion === null && firstSuggestion !== null
      ? { ...firstSuggestion, diagnostics: all }
      : together;
  return [...others, best];
}
