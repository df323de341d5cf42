import { cut } from "./markdown.ts";
import { MAX_OUTPUT_LENGTH } from "./platform-limits.ts";
import type { ReviewPlan } from "./review-plan.ts";

/** The plan with further lines in the check run: our own sentences, about what could not be done. */
export function withNotes(plan: ReviewPlan, notes: readonly string[]): ReviewPlan {
  if (notes.length === 0) return plan;
  const more = notes.map((note) => `\n\n${note}`).join("");
  const summary = cut(plan.check.summary, MAX_OUTPUT_LENGTH - more.length, "\n\n…") + more;
  return { ...plan, check: { ...plan.check, summary } };
}
