import type { Hunk } from "../diff/hunk.ts";
import type { FileReport } from "../fixes/fix.ts";
import { identityOf } from "./identity.ts";
import { introducedDiagnostics } from "./introduced.ts";
import type { Links } from "./links.ts";
import { codeSpan, cut, prose } from "./markdown.ts";
import { placeComments } from "./place-comments.ts";
import { type LocatedDiagnostic, planCheck, type SkippedFile } from "./plan-check.ts";
import type { PlannedComment, ReviewPlan } from "./review-plan.ts";
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

export interface ReviewInput {
  readonly headSha: string;
  readonly files: readonly ReviewedFile[];
  /** Identities that already stand in a comment on this pull request. */
  readonly knownIdentities: ReadonlySet<string>;
  /** Files that could not be read at all. */
  readonly skipped: readonly SkippedFile[];
  /** Sentences about what the analysis as a whole did not know; our own words. */
  readonly notes?: readonly string[];
  readonly links: Links;
  /** Most comments in one review; the rest is in the check run. */
  readonly maxComments: number;
}

const MAX_REVIEW_BODY = 65_536;

/** Computes everything that is to be said about a pull request's head, from data alone. */
export function planReview(input: ReviewInput): ReviewPlan {
  const found: LocatedDiagnostic[] = [];
  const comments: PlannedComment[] = [];
  const unplaced: LocatedDiagnostic[] = [];
  for (const file of input.files) {
    const all = introducedDiagnostics(file.head, file.base, file.hunks);
    // What is only worth knowing would be noise on a pull request.
    const worthSaying = all.filter(({ severity }) => severity !== "info");
    const introduced = withoutDoubtfulFixes(worthSaying, file.head.text ?? "", file.hunks);
    found.push(...introduced.map((diagnostic) => ({ path: file.path, diagnostic })));
    const fresh = introduced.filter((one) => !input.knownIdentities.has(identityOf(file.path, one)));
    const placement = placeComments(file.head, fresh, file.hunks, input.links);
    comments.push(...placement.comments);
    unplaced.push(...placement.unplaced.map((diagnostic) => ({ path: file.path, diagnostic })));
  }
  const shown = comments.slice(0, input.maxComments);
  const hidden = comments.length - shown.length;
  return {
    headSha: input.headSha,
    review: shown.length === 0 ? null : { body: reviewBody(shown.length, hidden, unplaced), comments: shown },
    check: planCheck(found, skippedFiles(input), input.files.length, input.notes ?? [], input.links),
  };
}

/** The check run for pushed commits, without comments. */
export function planPush(input: Omit<ReviewInput, "knownIdentities" | "maxComments">): ReviewPlan {
  const plan = planReview({ ...input, knownIdentities: new Set(), maxComments: 0 });
  return { ...plan, review: null };
}

function skippedFiles({ files, skipped }: ReviewInput): SkippedFile[] {
  const notes: SkippedFile[] = [...skipped];
  for (const { path, head } of files) {
    const reason = head.skipped ?? head.note;
    if (reason !== null) notes.push({ path, reason });
  }
  return notes;
}

function reviewBody(shown: number, hidden: number, unplaced: readonly LocatedDiagnostic[]): string {
  const lines = [`Yieldsign found ${shown === 1 ? "an async mistake" : "async mistakes"} in this change.`];
  if (hidden > 0)
    lines.push(`${hidden} more ${hidden === 1 ? "place is" : "places are"} listed in the check run.`);
  if (unplaced.length > 0) {
    const rows = unplaced.map(({ path, diagnostic }) => {
      return `- ${codeSpan(`${path}:${diagnostic.location.line}`)}: ${prose(diagnostic.message.problem)} (${diagnostic.code})`;
    });
    lines.push(`On lines outside the diff:\n\n${rows.join("\n")}`);
  }
  return cut(lines.join("\n\n"), MAX_REVIEW_BODY, "\n\n…");
}
