import type { Links } from "./links.ts";
import { codeSpan, cut, escapeMarkdown, prose } from "./markdown.ts";
import { SUMMARY_MARKER } from "./marker.ts";
import type { LocatedDiagnostic } from "./match-threads.ts";
import type { SkippedFile } from "./plan-check.ts";
import { MAX_BODY_LENGTH } from "./platform-limits.ts";
import type { SummaryOperation } from "./review-plan.ts";
import { isSameMessage } from "./same-message.ts";
import { shortSha } from "./short-sha.ts";

/** Longest list of one kind; the check run has the rest. */
const MAX_ROWS = 25;

/** Our comment in the timeline as it is now. */
export interface KnownSummary {
  readonly commentId: string;
  readonly body: string;
}

interface SummaryInput {
  readonly headSha: string;
  /** Findings for which the diff has no line. */
  readonly unplaced: readonly LocatedDiagnostic[];
  /** Changed files that could not be analysed at all. */
  readonly skipped: readonly SkippedFile[];
  readonly known: KnownSummary | null;
  readonly links: Links;
}

/** The comment in the timeline: only when there is something to say that the lines of the diff cannot. */
export function planSummary(input: SummaryInput): SummaryOperation | null {
  const { known, headSha } = input;
  const sections = sectionsOf(input);
  if (sections.length === 0) {
    if (known === null) return null;
    const body = `${SUMMARY_MARKER}\nNothing is left to say here as of ${shortSha(headSha)}.`;
    return isSameMessage(body, known.body) ? null : { kind: "update", commentId: known.commentId, body };
  }
  const room = MAX_BODY_LENGTH - SUMMARY_MARKER.length - 1;
  const body = `${SUMMARY_MARKER}\n${cut(sections.join("\n\n"), room, "\n\n…")}`;
  if (known === null) return { kind: "create", body };
  return isSameMessage(body, known.body) ? null : { kind: "update", commentId: known.commentId, body };
}

function sectionsOf({ unplaced, skipped, links }: SummaryInput): string[] {
  const sections: string[] = [];
  if (unplaced.length > 0) {
    const rows = unplaced.map(({ path, diagnostic: { location, message, code, rule } }) => {
      const place = `[${codeSpan(`${path}:${location.line}`)}](${links.source(path, location.line)})`;
      return `- ${place}: ${prose(message.problem)} [${code} ${rule}](${links.rulePage(rule)})`;
    });
    sections.push(`**This change also breaks lines that are not in its diff:**\n\n${list(rows)}`);
  }
  if (skipped.length > 0) {
    const rows = skipped.map(({ path, reason }) => `- ${codeSpan(path)}: ${escapeMarkdown(reason)}`);
    sections.push(`**Changed files that Yieldsign could not check:**\n\n${list(rows)}`);
  }
  return sections;
}

function list(rows: readonly string[]): string {
  const more = rows.length > MAX_ROWS ? [`- … and ${rows.length - MAX_ROWS} more, see the check run`] : [];
  return [...rows.slice(0, MAX_ROWS), ...more].join("\n");
}
