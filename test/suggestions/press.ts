import { applySuggestions } from "../github/suggestions.ts";
import type { PostedComment, ReviewedChange } from "./open-reviewer.ts";

/** Presses the page's button on a branch of its own: the pull request stays as it is. */
export function press(
  { repository, number, head }: ReviewedChange,
  comments: readonly PostedComment[],
): Map<string, string> {
  const pull = repository.pulls.get(number);
  if (pull === undefined) throw new Error(`no pull request ${number}`);
  const changed = applySuggestions(
    repository,
    pull,
    comments.map(({ comment }) => comment),
  );
  return new Map([...head, ...Object.entries(changed)]);
}
