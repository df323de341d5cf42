import MarkdownIt from "markdown-it";
import type { AnyCommentState } from "../test/github/state.ts";
import { escapeHtml, highlight, personHtml } from "./html.ts";

/** What a suggestion block is shown with. */
export interface SuggestionPlace {
  /** The lines that it replaces. */
  readonly old: readonly string[];
  /** Below it: the button, or what became of the suggestion. */
  readonly foot: string;
}

const REACTIONS: Readonly<Record<string, string>> = { "+1": "👍", "-1": "👎", confused: "😕", eyes: "👀" };

/** A comment as GitHub's page shows it; one that is hidden is folded, with the reason. */
export function renderComment(comment: AnyCommentState, suggestion: SuggestionPlace | null): string {
  const { author, body, minimizedReason, reactions } = comment;
  const shown = reactions.map(({ content }) => `<span>${REACTIONS[content] ?? escapeHtml(content)} 1</span>`);
  const foot = shown.length === 0 ? "" : `<p class="reactions">${shown.join(" ")}</p>`;
  const article = `<article><h4>${personHtml(author)}</h4>${renderMarkdown(body, suggestion)}${foot}</article>`;
  if (minimizedReason === null) return article;
  const reason = escapeHtml(minimizedReason.toLowerCase());
  return `<details class="minimized"><summary>This comment was marked as ${reason}.</summary>${article}</details>`;
}

/** Markdown as GitHub shows it, suggestion blocks as small diffs. */
export function renderMarkdown(body: string, suggestion: SuggestionPlace | null): string {
  const markdown = new MarkdownIt({ html: true });
  const plain = markdown.renderer.rules.fence;
  markdown.renderer.rules.fence = (tokens, index, options, environment, self) => {
    const token = tokens[index];
    if (token?.info.trim() !== "suggestion" || suggestion === null)
      return plain?.(tokens, index, options, environment, self) ?? "";
    const rows = [
      ...suggestion.old.map((text) => `<tr class="removed"><td><pre>-${highlight(text)}</pre></td></tr>`),
      ...token.content
        .replace(/\n$/, "")
        .split("\n")
        .map((text) => `<tr class="added"><td><pre>+${highlight(text)}</pre></td></tr>`),
    ];
    return `<div class="suggestion"><div class="suggestion-head">Suggested change</div><table>${rows.join("")}</table><div class="suggestion-foot">${suggestion.foot}</div></div>`;
  };
  return markdown.render(body);
}
