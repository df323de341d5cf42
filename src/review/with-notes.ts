import { cut } from "./markdown.ts";
import { MAX_OUTPUT_LENGTH } from "./platform-limits.ts";
import type { ReviewPlan } from "./review-plan.ts";

/** A check run's summary with further paragraphs behind it; what is too long for GitHub is cut from the old text. */
export function withParagraphs(summary: string, paragraphs: readonly string[]): string {
  const more = paragraphs.map((one) => `\n\n${one}`).join("");
  return cut(summary, MAX_OUTPUT_LENGTH - more.length, "\n\n…") + more;
}

/** The plan with further lines in the check run: our own sentences, about what could not be done. */
export function withNotes(plan: ReviewPlan, notes: readonly string[]): ReviewPlan {
  if (notes.length === 0) return plan;
  return { ...plan, check: { ...plan.check, summary: withParagraphs(plan.check.summary, notes) } };
}
