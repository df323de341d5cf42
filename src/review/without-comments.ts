import { codeSpan } from "./markdown.ts";
import type { PlannedComment, ReviewPlan } from "./review-plan.ts";
import { withNotes } from "./with-notes.ts";

/**
 * The plan after GitHub refused some comments: the review keeps the others, and the check run (which holds
 * every finding as an annotation anyway) says which lines could not be commented on.
 */
export function withoutComments(plan: ReviewPlan, refused: ReadonlySet<PlannedComment>): ReviewPlan {
  if (plan.review === null || refused.size === 0) return plan;
  const kept = plan.review.comments.filter((comment) => !refused.has(comment));
  const places = [...refused].map(({ path, line }) => `- ${codeSpan(`${path}:${line}`)}`);
  const note = `GitHub refused a comment on these lines; the findings are in the annotations:\n\n${places.join("\n")}`;
  const review = kept.length === 0 ? null : { ...plan.review, comments: kept };
  return withNotes({ ...plan, review }, [note]);
}
