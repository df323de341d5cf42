import { applySuggestions, suggestionIn } from "../github/suggestions.ts";
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

/**
 * What a page would make of a file with CRLF that ends suggested lines as the comment does, at `\n`: GitHub does not
 * document which of the two it does (GITHUB.md, "Open"), so both have to be right.
 */
export function pressWithLineFeeds(
  { head }: ReviewedChange,
  comments: readonly PostedComment[],
): Map<string, string> {
  const result = new Map(head);
  const fromBottom = [...comments].sort((a, b) => b.comment.originalLine - a.comment.originalLine);
  for (const { comment } of fromBottom) {
    const { path, originalLine: last, originalStartLine: first } = comment;
    const lines = (result.get(path) ?? "").split("\n");
    const replacement = suggestionIn(comment.body) ?? [];
    lines.splice((first ?? last) - 1, last - (first ?? last) + 1, ...replacement);
    result.set(path, lines.join("\n"));
  }
  return result;
}
