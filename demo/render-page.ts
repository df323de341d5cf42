import { documentOf } from "./html.ts";
import type { PullView } from "./pull-view.ts";
import { renderCheck, renderFiles, renderHeader } from "./render-pull.ts";
import { STYLE } from "./style.ts";

/** The page of a pull request's changed files as GitHub would show it, with comments and suggestion blocks in it. */
export function renderPage(view: PullView): string {
  const body = [renderHeader(view), renderCheck(view), renderFiles(view)].join("\n");
  return documentOf(`${view.pull.title} · Pull request #${view.pull.number}`, STYLE, body);
}
