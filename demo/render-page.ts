import hljs from "highlight.js/lib/core";
import python from "highlight.js/lib/languages/python";
import MarkdownIt from "markdown-it";
import { parsePatch } from "../src/diff/parse-patch.ts";
import { mergeBaseOf } from "../test/github/change.ts";
import { changedFiles } from "../test/github/changed-files.ts";
import type { GitHub } from "../test/github/start-github.ts";
import type { CommentState, RepositoryState } from "../test/github/state.ts";
import { STYLE } from "./style.ts";

hljs.registerLanguage("python", python);

/** The pull request's page as GitHub would show it: the diff, with comments and suggestion blocks in it. */
export function renderPage(
  github: GitHub,
  repository: RepositoryState,
  number: number,
  head: string,
): string {
  const pull = repository.pulls.get(number);
  const comments = github.comments(repository, number);
  const base = mergeBaseOf(repository, pull?.baseBranch ?? "main", head);
  const files = changedFiles(repository, base, head).map(({ filename, patch = "" }) =>
    renderFile(
      filename,
      patch,
      comments.filter(({ path }) => path === filename),
    ),
  );
  const [check] = github.checkRuns(repository, head);
  const markdown = new MarkdownIt({ html: true });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escapeHtml(pull?.title ?? "")} · Pull request #${number}</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1>${escapeHtml(pull?.title ?? "")} <span class="number">#${number}</span></h1>
<p><span class="state">Open</span> <b>octocat</b> wants to merge into <code>main</code> from <code>${escapeHtml(pull?.headBranch ?? "")}</code></p></header>
<section class="check"><h2><span class="dot"></span> Yieldsign <span class="muted">${escapeHtml(check?.title ?? "")}</span></h2>
<details><summary>Details of the check run</summary>${markdown.render(check?.summary ?? "")}</details></section>
${files.join("\n")}
</body>
</html>
`;
}

function renderFile(path: string, patch: string, comments: readonly CommentState[]): string {
  const rows: string[] = [];
  const sources = new Map<number, string>();
  for (const hunk of parsePatch(patch)) {
    for (const line of hunk.lines) if (line.newLine !== null) sources.set(line.newLine, line.text);
    const { oldStart, oldLines, newStart, newLines } = hunk;
    rows.push(
      `<tr class="hunk"><td></td><td></td><td>@@ -${oldStart},${oldLines} +${newStart},${newLines} @@</td></tr>`,
    );
    for (const { kind, text, oldLine, newLine } of hunk.lines) {
      const type = kind === "+" ? "added" : kind === "-" ? "removed" : "context";
      rows.push(
        `<tr class="${type}"><td>${oldLine ?? ""}</td><td>${newLine ?? ""}</td><td><pre>${kind}${highlight(text)}</pre></td></tr>`,
      );
      for (const comment of comments) {
        if (newLine !== null && comment.line === newLine)
          rows.push(`<tr class="thread"><td colspan="3">${renderComment(comment, sources)}</td></tr>`);
      }
    }
  }
  return `<section class="file"><h3>${escapeHtml(path)}</h3><table>${rows.join("\n")}</table></section>`;
}

function renderComment(
  { body, line, startLine }: CommentState,
  sources: ReadonlyMap<number, string>,
): string {
  const markdown = new MarkdownIt({ html: true });
  const plain = markdown.renderer.rules.fence;
  markdown.renderer.rules.fence = (tokens, index, options, environment, self) => {
    const token = tokens[index];
    if (token?.info.trim() !== "suggestion") return plain?.(tokens, index, options, environment, self) ?? "";
    const last = line ?? 0;
    const old: string[] = [];
    for (let one = startLine ?? last; one <= last; one++) old.push(sources.get(one) ?? "");
    const rows = [
      ...old.map((text) => `<tr class="removed"><td><pre>-${highlight(text)}</pre></td></tr>`),
      ...token.content
        .replace(/\n$/, "")
        .split("\n")
        .map((text) => `<tr class="added"><td><pre>+${highlight(text)}</pre></td></tr>`),
    ];
    return `<div class="suggestion"><div class="suggestion-head">Suggested change</div><table>${rows.join("")}</table><div class="suggestion-foot"><span>Commit suggestion</span></div></div>`;
  };
  return `<article><h4><span class="avatar"></span>yieldsign <span class="bot">bot</span></h4>${markdown.render(body)}</article>`;
}

function highlight(text: string): string {
  return hljs.highlight(text, { language: "python" }).value;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
