import type { Hunk } from "../diff/hunk.ts";
import { normalizeEdits } from "../fixes/apply-edits.ts";
import type { Diagnostic, FileReport } from "../fixes/fix.ts";
import { commentBody } from "./comment-body.ts";
import { identityOf } from "./identity.ts";
import type { Links } from "./links.ts";
import type { PlannedComment } from "./review-plan.ts";
import { anchorLines, type Suggestion, toSuggestion } from "./suggestion.ts";

interface Placed {
  readonly diagnostics: readonly Diagnostic[];
  readonly suggestion: Suggestion | null;
  readonly firstLine: number;
  readonly lastLine: number;
}

/** Comments of one file, and the findings for which the diff has no line. */
export interface Placement {
  readonly comments: readonly PlannedComment[];
  readonly unplaced: readonly Diagnostic[];
}

/**
 * Puts findings on lines of the diff. Findings whose lines overlap become one comment with one suggestion for
 * all, because GitHub applies only one suggestion a line.
 */
export function placeComments(
  report: FileReport,
  diagnostics: readonly Diagnostic[],
  hunks: readonly Hunk[],
  links: Links,
): Placement {
  const unplaced: Diagnostic[] = [];
  let placed: Placed[] = [];
  for (const one of diagnostics) {
    const place = placeTogether(report, [one], hunks);
    if (place === null) unplaced.push(one);
    else placed = merge(report, placed, place, hunks);
  }
  const comments = placed
    .sort((a, b) => a.lastLine - b.lastLine)
    .map(({ diagnostics: all, suggestion, firstLine, lastLine }): PlannedComment => {
      const identities = all.map((one) => identityOf(report.path, one));
      return {
        path: report.path,
        line: lastLine,
        startLine: firstLine < lastLine ? firstLine : null,
        body: commentBody({ diagnostics: all, firstLine, lastLine, identities, suggestion, links }),
        identities,
      };
    });
  return { comments, unplaced };
}

function placeTogether(
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
