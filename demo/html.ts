import hljs from "highlight.js/lib/core";
import python from "highlight.js/lib/languages/python";

hljs.registerLanguage("python", python);

/** Text as HTML shows it literally. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** A line of Python with its words coloured. */
export function highlight(text: string): string {
  return hljs.highlight(text, { language: "python" }).value;
}

/** A whole document around a body. */
export function documentOf(title: string, style: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

const COLOURS = ["#bf3989", "#0969da", "#1a7f37", "#9a6700", "#8250df"];

/** A login with a picture, as it stands in front of what somebody did. */
export function personHtml(login: string): string {
  const name = login.replace(/\[bot\]$/, "");
  const colour = COLOURS[[...name].reduce((sum, one) => sum + one.charCodeAt(0), 0) % COLOURS.length];
  const bot = name === login ? "" : ' <span class="bot">bot</span>';
  return `<span class="avatar" style="background:${colour}">${escapeHtml(name.charAt(0).toUpperCase())}</span><b>${escapeHtml(name)}</b>${bot}`;
}
