import type { Severity } from "../rules/finding.ts";
import { commentBody, withMarkers } from "./comment-body.ts";
import type { Links } from "./links.ts";
import { codeSpan, prose } from "./markdown.ts";
import { formatMarker, GROUP_MARKER, toMarker } from "./marker.ts";
import type { LocatedDiagnostic } from "./match-threads.ts";
import type { Placed } from "./place-comments.ts";
import type { PlannedComment } from "./review-plan.ts";

/** Findings on lines of a file's diff, before they are words. */
export interface PlacedInFile {
  readonly path: string;
  readonly placed: Placed;
}

/** More places of one rule than this become one comment with a list. */
const MAX_OF_A_RULE = 5;
/** Longest list; each row also costs a marker. */
const MAX_ROWS = 100;

const SEVERITIES: readonly Severity[] = ["error", "warning", "info"];

/** One comment that is to be, and how many findings it tells of. */
export interface DraftComment {
  readonly comment: PlannedComment;
  readonly severity: Severity;
}

/** Comments for findings: a rule that is broken in many places becomes one comment, on the first of them. */
export function groupComments(all: readonly PlacedInFile[], links: Links): DraftComment[] {
  const counts = new Map<string, number>();
  for (const one of all) {
    const rule = onlyRuleOf(one);
    if (rule !== null) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  }
  const grouped = new Map<string, PlacedInFile[]>();
  const drafts: DraftComment[] = [];
  for (const one of all) {
    const rule = onlyRuleOf(one);
    const isMany = rule !== null && (counts.get(rule) ?? 0) > MAX_OF_A_RULE;
    if (isMany) grouped.set(rule, [...(grouped.get(rule) ?? []), one]);
    else drafts.push(draftOf(one, commentFor(one, links)));
  }
  for (const group of grouped.values()) {
    const [first, ...others] = group;
    if (first === undefined) continue;
    const rest = others.flatMap(locatedOf);
    const comment = { ...commentFor(first, links), body: groupBody(first, rest, links) };
    drafts.push(draftOf(first, comment));
  }
  return drafts;
}

/** Most severe first; among equals as they stand in the files. */
export function bySeverity(drafts: readonly DraftComment[]): PlannedComment[] {
  const order = (one: DraftComment): number => SEVERITIES.indexOf(one.severity);
  return [...drafts].sort((a, b) => order(a) - order(b)).map(({ comment }) => comment);
}

/** The comment for findings that share lines. */
export function commentFor({ path, placed }: PlacedInFile, links: Links): PlannedComment {
  const { firstLine, lastLine } = placed;
  return {
    path,
    line: lastLine,
    startLine: firstLine < lastLine ? firstLine : null,
    body: commentBody({ path, ...placed, links }),
  };
}

/**
 * The text of a comment about one rule in many places: the first place as usual, if it is still there, and the list
 * of the others. Every finding has its marker, also those for which the list has no row.
 */
export function groupBody(
  first: PlacedInFile | null,
  others: readonly LocatedDiagnostic[],
  links: Links,
): string {
  const rows = others.slice(0, MAX_ROWS).map(({ path, diagnostic: { location, message } }) => {
    const place = `[${codeSpan(`${path}:${location.line}`)}](${links.source(path, location.line)})`;
    return `- ${place}: ${prose(message.problem)}`;
  });
  const more =
    others.length > MAX_ROWS ? [`- … and ${others.length - MAX_ROWS} more, listed in the check run`] : [];
  const count = others.length === 1 ? "one more place" : `${others.length} more places`;
  const [rule] = others;
  const heading =
    first === null && rule !== undefined
      ? `**${rule.diagnostic.code} ${rule.diagnostic.rule}** in ${count}:`
      : `The same in ${count}:`;
  const list = others.length === 0 ? [] : [`${heading}\n\n${[...rows, ...more].join("\n")}`];
  const own = first === null ? [] : [commentBody({ path: first.path, ...first.placed, links })];
  const markers = others.map(({ path, diagnostic }) => formatMarker(toMarker(path, diagnostic)));
  return withMarkers([...own, ...list].join("\n\n"), [...markers, GROUP_MARKER]);
}

function draftOf({ placed: { diagnostics } }: PlacedInFile, comment: PlannedComment): DraftComment {
  const severities = new Set(diagnostics.map(({ severity }) => severity));
  return { comment, severity: SEVERITIES.find((one) => severities.has(one)) ?? "info" };
}

function onlyRuleOf({ placed: { diagnostics } }: PlacedInFile): string | null {
  const codes = new Set(diagnostics.map(({ code }) => code));
  const [code = null] = codes;
  return codes.size === 1 ? code : null;
}

function locatedOf({ path, placed }: PlacedInFile): LocatedDiagnostic[] {
  return placed.diagnostics.map((diagnostic) => ({ path, diagnostic }));
}
