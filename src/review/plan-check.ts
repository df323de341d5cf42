import type { Links } from "./links.ts";
import { codeSpan, cut, escapeMarkdown, prose } from "./markdown.ts";
import type { LocatedDiagnostic } from "./match-threads.ts";
import { MAX_ANNOTATION_LENGTH, MAX_ANNOTATION_TITLE_LENGTH, MAX_OUTPUT_LENGTH } from "./platform-limits.ts";
import type { PlannedAction, PlannedAnnotation, PlannedCheck } from "./review-plan.ts";

const MAX_ROWS = 200;

/** A file that was not analysed, or only in part, with the reason. */
export interface SkippedFile {
  readonly path: string;
  readonly reason: string;
}

/** The least severity that makes the check run fail. */
export type FailOn = "error" | "warning" | "never";

interface CheckInput {
  readonly found: readonly LocatedDiagnostic[];
  readonly skipped: readonly SkippedFile[];
  readonly checkedFiles: number;
  /** Our own sentences, one line each, about what was not known or not possible. */
  readonly notes: readonly string[];
  readonly failOn: FailOn;
  readonly actions: readonly PlannedAction[];
  readonly links: Links;
}

/** The check run for findings and skipped files: green with one line when there is nothing to say. */
export function planCheck(input: CheckInput): PlannedCheck {
  const { found, skipped, checkedFiles, notes, actions, links } = input;
  const parts: string[] = [];
  if (found.length === 0) parts.push(`No async mistakes in ${count(checkedFiles, "changed Python file")}.`);
  else parts.push(table(found, links));
  parts.push(...notes);
  if (skipped.length > 0) parts.push(skippedList(skipped));
  return {
    conclusion: conclusionOf(input),
    title: titleOf(found.length),
    summary: cut(parts.join("\n\n"), MAX_OUTPUT_LENGTH, "\n\n… and more."),
    text: null,
    annotations: found.map(annotationOf),
    actions,
  };
}

/** A check run for a change that was not looked at, on purpose. */
export function skippedCheck(reason: string): PlannedCheck {
  return {
    conclusion: "skipped",
    title: "Not reviewed",
    summary: reason,
    text: null,
    annotations: [],
    actions: [],
  };
}

function conclusionOf({ found, failOn }: CheckInput): PlannedCheck["conclusion"] {
  if (found.length === 0) return "success";
  const fails = found.some(
    ({ diagnostic: { severity } }) =>
      severity === "error" || (failOn === "warning" && severity === "warning"),
  );
  return fails && failOn !== "never" ? "failure" : "neutral";
}

function titleOf(findings: number): string {
  return findings === 0 ? "No async mistakes" : count(findings, "async mistake");
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function table(found: readonly LocatedDiagnostic[], links: Links): string {
  const rows = found.slice(0, MAX_ROWS).map(({ path, diagnostic: { location, rule, code, message } }) => {
    const place = `[${codeSpan(`${path}:${location.line}`).replaceAll("|", "\\|")}](${links.source(path, location.line)})`;
    const text = prose(message.problem).replaceAll("|", "\\|");
    return `| [${code} ${rule}](${links.rulePage(rule)}) | ${place} | ${text} |`;
  });
  const more =
    found.length > MAX_ROWS ? `\n\n… and ${found.length - MAX_ROWS} more; see the annotations.` : "";
  return `| Rule | Place | What is wrong |\n| --- | --- | --- |\n${rows.join("\n")}${more}`;
}

function skippedList(skipped: readonly SkippedFile[]): string {
  const rows = skipped
    .slice(0, MAX_ROWS)
    .map(({ path, reason }) => `- ${codeSpan(path)}: ${escapeMarkdown(reason)}`);
  const more = skipped.length > MAX_ROWS ? `\n- … and ${skipped.length - MAX_ROWS} more` : "";
  return `**Not analysed, or only in part:**\n\n${rows.join("\n")}${more}`;
}

function annotationOf({ path, diagnostic }: LocatedDiagnostic): PlannedAnnotation {
  const { location, message, severity, code, rule, fix } = diagnostic;
  const isOneLine = location.line === location.endLine;
  return {
    path,
    startLine: location.line,
    endLine: location.endLine,
    startColumn: isOneLine ? location.column : null,
    endColumn: isOneLine ? location.endColumn : null,
    level: severity === "error" ? "failure" : "warning",
    title: `${code} ${rule}`.slice(0, MAX_ANNOTATION_TITLE_LENGTH),
    message: cut(`${message.problem}\n${message.reason}\n${message.remedy}`, MAX_ANNOTATION_LENGTH, "…"),
    rawDetails: fix === null ? null : `Repair: ${fix.title}`,
  };
}
