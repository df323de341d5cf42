import type { CommentState } from "../test/github/state.ts";
import { escapeHtml, personHtml } from "./html.ts";
import { type PullView, quotedLines, type ThreadView } from "./pull-view.ts";
import { renderComment, type SuggestionPlace } from "./render-comment.ts";
import { lineRow } from "./render-diff.ts";

/** A thread in the conversation: the quoted lines, the comments; a resolved one is folded. */
export function renderThread(view: PullView, thread: ThreadView): string {
  const { root } = thread;
  const badge = root.line === null ? ' <span class="badge">Outdated</span>' : "";
  const rows = quotedLines(view, thread).map(lineRow).join("\n");
  const head = `<div class="thread-head">${escapeHtml(root.path)}${badge}</div>`;
  return folded(root, `${head}<table class="diff">${rows}</table>${commentsOf(view, thread)}`);
}

/** A thread below its line of the diff. */
export function renderThreadInDiff(view: PullView, thread: ThreadView): string {
  return folded(thread.root, commentsOf(view, thread));
}

function commentsOf(view: PullView, thread: ThreadView): string {
  const { root, replies } = thread;
  const first = renderComment(root, suggestionPlace(view, thread));
  return [first, ...replies.map((one) => renderComment(one, null))].join("\n");
}

function folded({ thread: { isResolved, resolvedBy }, path }: CommentState, content: string): string {
  if (!isResolved) return `<div class="thread">${content}</div>`;
  const who = personHtml(resolvedBy ?? "yieldsign[bot]");
  return `<details class="thread"><summary><code>${escapeHtml(path)}</code> ${who} marked this conversation as resolved. <span class="link">Show resolved</span></summary>${content}</details>`;
}

function suggestionPlace(view: PullView, thread: ThreadView): SuggestionPlace {
  const { root } = thread;
  const { originalLine: last, originalStartLine } = root;
  const first = originalStartLine ?? last;
  const old = quotedLines(view, thread)
    .filter(({ newLine }) => newLine !== null && newLine >= first)
    .map(({ text }) => text);
  const isOpen = root.line !== null && !root.thread.isResolved && view.pull.isOpen;
  const button = isOpen ? "<span>Commit suggestion</span>" : "";
  return { old, foot: view.applied.has(root.id) ? "Suggestion applied" : button };
}
