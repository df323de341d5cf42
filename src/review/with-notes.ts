import { cut } from "./markdown.ts";
import type { ReviewPlan } from "./review-plan.ts";

/** GitHub's limit of a check run's summary, in characters (GITHUB.md §3). */
const MAX_OUTPUT_LENGTH = 65_535;

/** The plan with further lines in the check run: our own sentences, about what could not be done. */
export function withNotes(plan: ReviewPlan, notes: readonly string[]): ReviewPlan {
  if (notes.length === 0) return plan;
  const more = notes.map((note) => `\n\n${note}`).join("");
  const summary = cut(plan.check.summary, MAX_OUTPUT_LENGTH - more.length, "\n\n…") + more;
  return { ...plan, check: { ...plan.check, summary } };
}
