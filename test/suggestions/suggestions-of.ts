import { suggestionIn } from "../github/suggestions.ts";
import type { PostedComment, ReviewedChange } from "./open-reviewer.ts";

/** The comments of a review that have a button. */
export function suggestionsOf({ comments }: ReviewedChange): PostedComment[] {
  return comments.filter(({ comment }) => suggestionIn(comment.body) !== null);
}
