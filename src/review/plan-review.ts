import type { Hunk } from "../diff/hunk.ts";
import type { FileReport } from "../fixes/fix.ts";
import { bySeverity, groupComments, type PlacedInFile } from "./group-comments.ts";
import type { IgnoredRule } from "./ignored.ts";
import { introducedDiagnostics } from "./introduced.ts";
import type { Links } from "./links.ts";
import { codeSpan, escapeMarkdown } from "./markdown.ts";
import { formatMarker, hashOf, toMarker } from "./marker.ts";
import { type LocatedDiagnostic, type Matching, matchThreads } from "./match-threads.ts";
import { placeFindings, placeTogether } from "./place-comments.ts";
import { type FailOn, planCheck, type SkippedFile } from "./plan-check.ts";
import { type KnownSummary, planSummary } from "./plan-summary.ts";
import { planThreads, type ThreadsPlan } from "./plan-threads.ts";
import type { PlannedAction, PlannedComment, PlannedReview, ReviewPlan } from "./review-plan.ts";
import { settledFindings } from "./settled-findings.ts";
import { standingOf, type Thread } from "./thread.ts";
import { whyGone } from "./why-gone.ts";
import { withoutDoubtfulFixes } from "./without-doubtful-fixes.ts";

/** One changed file of a pull request. */
export interface ReviewedFile {
  readonly path: string;
  readonly head: FileReport;
  /** The same file at the merge base; null when it is new. */
  readonly base: FileReport | null;
  /** From the merge base to the head. */
  readonly hunks: readonly Hunk[];
}

/** What was found in a change, and how it is to be judged. */
export interface ChangeInput {
  readonly headSha: string;
  readonly files: readonly ReviewedFile[];
  /** Files that could not be read at all. */
  readonly skipped: readonly SkippedFile[];
  /** Sentences about what the analysis as a whole did not know, and what could not be done; our own words. */
  readonly notes: readonly string[];
  readonly failOn: FailOn;
  readonly links: Links;
}

/** A change with what a pull request already shows of it. */
export interface ReviewInput extends ChangeInput {
  /** Our threads, in the order in which they were begun. */
  readonly threads: readonly Thread[];
  readonly summary: KnownSummary | null;
  /** Changed files that the settings leave out. */
  readonly leftOut: readonly string[];
  /** Whether the settings have a rule on in a file; without a path, in any file. */
  isOn(code: string, path: string | null): boolean;
  /** Rules that are switched off for this pull request; their findings are not told. */
  readonly ignored: readonly IgnoredRule[];
  /** Not all changed files are known, so that a finding that is missing may still be there. */
  readonly isIncomplete: boolean;
  /** Most open comments on lines at a time; the rest is in the check run. */
  readonly maxComments: number;
  /** Buttons for the check run if there is something to repair with one click. */
  readonly actions: readonly PlannedAction[];
}

/** The findings that a change introduced, with the repairs that are right for it. */
export function findingsOf(files: readonly ReviewedFile[]): LocatedDiagnostic[] {
  return files.flatMap(({ path, head, base, hunks }) => {
    const all = introducedDiagnostics(head, base, hunks);
    // What is only worth knowing would be noise on a pull request.
    const worthSaying = all.filter(({ severity }) => severity !== "info");
    return withoutDoubtfulFixes(worthSaying, head.text ?? "", hunks).map((diagnostic) => ({
      path,
      diagnostic,
    }));
  });
}

/** The findings of a change that are to be told: all but those of rules that are ignored on the pull request. */
export function toldFindings({
  files,
  ignored,
}: Pick<ReviewInput, "files" | "ignored">): LocatedDiagnostic[] {
  const ignoredCodes = new Set(ignored.map(({ code }) => code));
  return findingsOf(files).filter(({ diagnostic }) => !ignoredCodes.has(diagnostic.code));
}

/** Computes everything that is to be said about a pull request's head, from data alone. */
export function planReview(input: ReviewInput): ReviewPlan {
  const { headSha, files, links, ignored, skipped } = input;
  const found = toldFindings(input);
  const byPath = new Map(files.map((file) => [file.path, file]));
  const paths = new Set([...files, ...skipped].map(({ path }) => hashOf(path)));
  const matching = matchThreads(input.threads, found, (pathHash) => paths.has(pathHash));
  const threads = planThreads({
    headSha,
    threads: input.threads,
    matching,
    links,
    canApply: input.actions.length > 0,
    place(findings) {
      const [first] = findings;
      const file = byPath.get(first?.path ?? "");
      if (file === undefined || findings.some(({ path }) => path !== file.path)) return null;
      return placeTogether(
        file.head,
        findings.map(({ diagnostic }) => diagnostic),
        file.hunks,
      );
    },
    whyGone: whyGone(input, found),
  });
  const { placed, unplaced } = placeAll(files, matching.untold);
  const { review, hidden } = reviewOf(placed, threads, input);
  const settled = settledFindings(input.threads);
  const isRepairable = found.some(({ path, diagnostic }) => {
    return diagnostic.fix?.grade === "A" && !settled.has(formatMarker(toMarker(path, diagnostic)));
  });
  return {
    headSha,
    threads: threads.operations,
    isFolding: threads.isFolding,
    review,
    summary: planSummary({
      headSha,
      unplaced,
      skipped: [...skipped, ...wholeFiles(files)],
      known: input.summary,
      links,
    }),
    check: planCheck({
      found,
      skipped: skippedFiles(input),
      checkedFiles: files.length,
      notes: [...answeredNotes(matching, found.length), ...ignoredNotes(ignored), ...input.notes, ...hidden],
      failOn: input.failOn,
      actions: isRepairable ? input.actions : [],
      links,
    }),
  };
}

/** The check run for pushed commits, without comments. */
export function planPush(input: ChangeInput): ReviewPlan {
  const { headSha, files, notes, failOn, links } = input;
  const check = planCheck({
    found: findingsOf(files),
    skipped: skippedFiles(input),
    checkedFiles: files.length,
    notes,
    failOn,
    actions: [],
    links,
  });
  return { headSha, threads: [], isFolding: false, review: null, summary: null, check };
}

function placeAll(
  files: readonly ReviewedFile[],
  findings: readonly LocatedDiagnostic[],
): { readonly placed: PlacedInFile[]; readonly unplaced: LocatedDiagnostic[] } {
  const placed: PlacedInFile[] = [];
  const unplaced: LocatedDiagnostic[] = [];
  for (const { path, head, hunks } of files) {
    const own = findings.filter((one) => one.path === path).map(({ diagnostic }) => diagnostic);
    const placement = placeFindings(head, own, hunks);
    placed.push(...placement.placed.map((one) => ({ path, placed: one })));
    unplaced.push(...placement.unplaced.map((diagnostic) => ({ path, diagnostic })));
  }
  return { placed, unplaced };
}

/** The new comments, as many as there is room for beside the open ones; a moved comment keeps its room. */
function reviewOf(
  placed: readonly PlacedInFile[],
  { moved, open }: ThreadsPlan,
  { maxComments, links, actions }: ReviewInput,
): { readonly review: PlannedReview | null; readonly hidden: readonly string[] } {
  const fresh = bySeverity(groupComments(placed, links, actions.length > 0));
  const room = Math.max(0, maxComments - open - moved.length);
  const shown = fresh.slice(0, room);
  const comments = [...moved, ...shown];
  const left = fresh.length - shown.length;
  const hidden =
    left === 0
      ? []
      : [
          `${left} more ${left === 1 ? "comment" : "comments"} would be over the limit of ${maxComments} on lines; the table and the annotations have all findings.`,
        ];
  if (comments.length === 0) return { review: null, hidden };
  return { review: { body: reviewBody(comments, shown.length, left), comments }, hidden };
}

function reviewBody(comments: readonly PlannedComment[], fresh: number, left: number): string {
  if (fresh === 0) {
    const what = comments.length === 1 ? "A comment" : `${comments.length} comments`;
    return `${what} moved with the lines.`;
  }
  const found = `Yieldsign found ${fresh === 1 ? "an async mistake" : "async mistakes"} in this change.`;
  if (left === 0) return found;
  return `${found}\n\n${left} more ${left === 1 ? "place is" : "places are"} listed in the check run.`;
}

/** Findings whose comments people closed stay in the table; a reader should know that they were looked at. */
function answeredNotes({ told }: Matching, found: number): string[] {
  let answered = 0;
  for (const [thread, findings] of told)
    if (standingOf(thread) === "closed by a person") answered += findings.length;
  if (answered === 0) return [];
  const whose = found === 1 ? "this one" : answered === found ? "all of these" : `${answered} of these`;
  return [`People resolved the ${answered === 1 ? "comment" : "comments"} on ${whose}.`];
}

function ignoredNotes(ignored: readonly IgnoredRule[]): string[] {
  return ignored.map(({ code, login, reason }) => {
    const why = reason === "" ? "" : `: ${escapeMarkdown(reason)}`;
    return `${code} is ignored on this pull request, as ${codeSpan(login)} asked${why}.`;
  });
}

function skippedFiles({ files, skipped }: ChangeInput): SkippedFile[] {
  const notes: SkippedFile[] = [...skipped];
  for (const { path, head } of files) {
    const reason = head.skipped ?? head.note;
    if (reason !== null) notes.push({ path, reason });
  }
  return notes;
}

/** Files of which nothing could be analysed; what is missing of a file is for the check run alone. */
function wholeFiles(files: readonly ReviewedFile[]): SkippedFile[] {
  return files.flatMap(({ path, head: { skipped: reason } }) => (reason === null ? [] : [{ path, reason }]));
}
