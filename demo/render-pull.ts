import { escapeHtml, personHtml } from "./html.ts";
import { checkOf, type PullView, patchesOf, threadsOf } from "./pull-view.ts";
import { renderMarkdown } from "./render-comment.ts";
import { markOf } from "./render-conversation.ts";
import { renderFile } from "./render-diff.ts";
import { renderThreadInDiff } from "./render-thread.ts";

/** Title, state and branches of a pull request. */
export function renderHeader({ pull }: PullView): string {
  const state = pull.merge !== null ? "Merged" : pull.isOpen ? "Open" : "Closed";
  const what = pull.merge !== null ? "merged" : "wants to merge";
  const who = personHtml(pull.merge?.by ?? pull.author);
  return `<header><h1>${escapeHtml(pull.title)} <span class="number">#${pull.number}</span></h1>
<p><span class="state ${state.toLowerCase()}">${state}</span> ${who} ${what} <code>${escapeHtml(pull.headBranch)}</code> into <code>${escapeHtml(pull.baseBranch)}</code></p></header>`;
}

/** The check run on the head: conclusion, title, buttons, and its own page below. */
export function renderCheck(view: PullView): string {
  const run = checkOf(view, view.head);
  if (run === null) return "";
  const buttons = run.actions.map(
    ({ label, description }) =>
      `<span class="button" title="${escapeHtml(description)}">${escapeHtml(label)}</span>`,
  );
  const text = [run.summary ?? "", run.text ?? ""].join("\n\n");
  return `<section class="check"><h2>${markOf(run.conclusion)} ${escapeHtml(run.name)} <span class="muted">${escapeHtml(run.title ?? "")} (${escapeHtml(run.conclusion ?? "in progress")})</span> ${buttons.join(" ")}</h2>
<details><summary>Details of the check run</summary>${renderMarkdown(text, null)}</details></section>`;
}

/** The changed files, with the threads under their lines. */
export function renderFiles(view: PullView): string {
  const threads = threadsOf(view);
  return [...patchesOf(view, view.head)]
    .map(([path, patch]) => {
      const own = threads.filter(({ root }) => root.path === path);
      return renderFile(path, patch, (line) =>
        own.filter(({ root }) => root.line === line).map((one) => renderThreadInDiff(view, one)),
      );
    })
    .join("\n");
}
