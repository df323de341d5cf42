import type { StoryEvent } from "../test/app/story/story.ts";
import { escapeHtml, personHtml } from "./html.ts";
import { checkOf, type PullView, threadsOf } from "./pull-view.ts";
import { renderComment, renderMarkdown } from "./render-comment.ts";
import { renderThread } from "./render-thread.ts";

/** Something in the timeline; ids grow with time, so they tell the order. */
interface Item {
  readonly at: number;
  readonly html: string;
}

/** The conversation of a pull request: commits, reviews with their threads, comments, in their order. */
export function renderConversation(view: PullView): string {
  const items: Item[] = [
    ...view.events.map((event) => ({ at: event.after + 0.5, html: renderEvent(view, event) })),
    ...view.pull.timeline.map((one) => ({ at: one.id, html: renderComment(one, null) })),
    ...reviewItems(view),
  ];
  items.sort((a, b) => a.at - b.at);
  return `<section class="conversation">${items.map(({ html }) => html).join("\n")}</section>`;
}

/** Reviews; one that is only a reply stands in its thread. */
function reviewItems(view: PullView): Item[] {
  const threads = threadsOf(view);
  return view.pull.reviews.flatMap(({ id, author, body, state }) => {
    const own = threads.filter(({ root }) => root.reviewId === id);
    if (state === "PENDING" || (own.length === 0 && body === "")) return [];
    const text = body === "" ? "" : `<article>${renderMarkdown(body, null)}</article>`;
    const head = `<p class="event">${personHtml(author)} reviewed</p>`;
    const shown = own.map((one) => renderThread(view, one)).join("\n");
    return [{ at: id, html: `<div class="review">${head}${text}${shown}</div>` }];
  });
}

function renderEvent(view: PullView, event: StoryEvent): string {
  const who = personHtml(event.by);
  switch (event.kind) {
    case "commit":
      return commitRow(view, event.sha, who);
    case "force push":
      return `<p class="event">${who} force-pushed the <code>${escapeHtml(view.pull.headBranch)}</code> branch from ${shaHtml(event.from)} to ${shaHtml(event.to)} ${checkHtml(view, event.to)}</p>`;
    case "merge":
      return `<p class="event merged">${who} merged commit ${shaHtml(event.sha)} into <code>${escapeHtml(view.pull.baseBranch)}</code></p>`;
  }
}

function commitRow(view: PullView, sha: string, who: string): string {
  const headline = view.repository.git.text("log", "-1", "--format=%s", sha);
  return `<p class="event commit">${who} ${escapeHtml(headline)} ${checkHtml(view, sha)} ${shaHtml(sha)}</p>`;
}

function shaHtml(sha: string): string {
  return `<code>${sha.slice(0, 7)}</code>`;
}

function checkHtml(view: PullView, sha: string): string {
  const run = checkOf(view, sha);
  if (run === null) return "";
  return `<span class="check-mark">${markOf(run.conclusion)} ${escapeHtml(run.name)}: ${escapeHtml(run.title ?? "")}</span>`;
}

/** The small sign of a check run's conclusion. */
export function markOf(conclusion: string | null): string {
  const sign = conclusion === "success" ? "✓" : conclusion === "failure" ? "✕" : "■";
  return `<span class="${conclusion ?? "pending"}">${sign}</span>`;
}
