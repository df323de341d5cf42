import { APP, type Story } from "../test/app/story/story.ts";
import { documentOf, escapeHtml } from "./html.ts";
import type { PullView } from "./pull-view.ts";
import { renderConversation } from "./render-conversation.ts";
import { renderCheck, renderFiles, renderHeader } from "./render-pull.ts";
import { STYLE } from "./style.ts";

/** The steps after which the page is shown, with what a reader should know. */
const CHAPTERS: Readonly<Record<string, string>> = {
  opened: "1. After opening",
  "four suggestions committed": "2. After five suggestions were committed from the page",
  "three mistakes fixed by a push": "3. After a push that fixes three more by hand",
  merged: "4. At the end: argued about, squashed, rebased, applied by a command, merged",
};

/** The page as it is after a step; null when the step is no chapter's end. */
export function renderChapter(story: Story, step: string): string | null {
  const heading = CHAPTERS[step];
  const pull = story.repository.pulls.get(story.number);
  if (heading === undefined || pull === undefined) return null;
  const { repository, events, applied, branch } = story;
  const view: PullView = { repository, pull, head: repository.git.head(branch) ?? "", events, applied };
  return `<section class="chapter"><h2 class="chapter-title">${escapeHtml(heading)}</h2>
${renderHeader(view)}
${renderConversation(view)}
${renderCheck(view)}
<details class="files"><summary>Files changed</summary>${renderFiles(view)}</details></section>`;
}

/** The whole story: its chapters, and what each step cost. */
export function renderStory({ steps }: Story, chapters: readonly string[]): string {
  const rows = steps.map(
    ({ name, requests, notifications }) =>
      `<tr><td>${escapeHtml(name)}</td><td>${requests.length}</td><td>${notifications}</td></tr>`,
  );
  const figures = `<section class="check"><h2>What each step cost</h2><table><tr><th>Step</th><th>API requests</th><th>Notifications from ${escapeHtml(APP)}</th></tr>${rows.join("\n")}</table></section>`;
  return documentOf("The life of a pull request", STYLE, [...chapters, figures].join("\n"));
}
