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
export function groupComments(all: readonly PlacedInFile[], links: Links, canApply: boolean): DraftComment[] {
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
    const comment = { ...commentFor(first, links), body: groupBody(first, rest, links, canApply) };
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
 * @param canApply The repairs can be committed by a command.
 */
export function groupBody(
  first: PlacedInFile | null,
  others: readonly LocatedDiagnostic[],
  links: Links,
  canApply: boolean,
): string {
  const markers = [
    ...others.map(({ path, diagnostic }) => formatMarker(toMarker(path, diagnostic))),
    GROUP_MARKER,
  ];
  const parts = others.length === 0 ? [] : [listOf(others, first === null, links)];
  if (canApply && others.some(({ diagnostic }) => diagnostic.fix?.grade === "A"))
    parts.push("`/yieldsign apply` in a comment commits the certain repairs of all of them.");
  const text = parts.join("\n\n");
  if (first === null) return withMarkers(text, markers);
  return commentBody({ path: first.path, ...first.placed, links, others: { text, markers } });
}

function listOf(others: readonly LocatedDiagnostic[], isAlone: boolean, links: Links): string {
  const rows = others.slice(0, MAX_ROWS).map(({ path, diagnostic: { location, message } }) => {
    const place = `[${codeSpan(`${path}:${location.line}`)}](${links.source(path, location.line)})`;
    return `- ${place}: ${prose(message.problem)}`;
  });
  if (others.length > MAX_ROWS)
    rows.push(`- … and ${others.length - MAX_ROWS} more, listed in the check run`);
  const [one] = others;
  const heading =
    isAlone && one !== undefined
      ? `**${one.diagnostic.code} ${one.diagnostic.rule}** in ${others.length === 1 ? "one place" : `${others.length} places`}:`
      : `The same in ${others.length === 1 ? "one more place" : `${others.length} more places`}:`;
  return `${heading}\n\n${rows.join("\n")}`;
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
