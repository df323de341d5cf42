/** The page's look, close to GitHub's light theme. */
export const STYLE = `
body { font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; color: #1f2328; max-width: 1000px; margin: 24px auto; padding: 0 16px; }
h1 { font-size: 26px; font-weight: 400; margin: 0 0 8px; }
h2 { font-size: 14px; margin: 0; }
.number, .muted { color: #59636e; font-weight: 400; }
.state { background: #1a7f37; color: #fff; border-radius: 2em; padding: 4px 12px; font-weight: 600; }
code { font: 12px ui-monospace, "DejaVu Sans Mono", monospace; background: #818b981f; border-radius: 6px; padding: 2px 5px; }
.check { border: 1px solid #d1d9e0; border-radius: 6px; padding: 12px 16px; margin: 16px 0; }
.check table { border-collapse: collapse; } .check td, .check th { border: 1px solid #d1d9e0; padding: 4px 10px; text-align: left; }
.dot { display: inline-block; width: 10px; height: 10px; border-radius: 50%; background: #59636e; }
summary { cursor: pointer; color: #59636e; font-size: 12px; }
a { color: #0969da; text-decoration: none; }
.file { border: 1px solid #d1d9e0; border-radius: 6px; margin: 16px 0; overflow: hidden; }
.file h3 { font: 600 12px ui-monospace, "DejaVu Sans Mono", monospace; background: #f6f8fa; border-bottom: 1px solid #d1d9e0; margin: 0; padding: 10px 16px; }
table { border-collapse: collapse; width: 100%; }
.file > table > tbody > tr > td:nth-child(-n+2) { width: 36px; text-align: right; color: #59636e; font: 12px/20px ui-monospace, "DejaVu Sans Mono", monospace; padding: 0 8px; vertical-align: top; }
pre { font: 12px/20px ui-monospace, "DejaVu Sans Mono", monospace; margin: 0; padding: 0 8px; white-space: pre-wrap; }
tr.added { background: #dafbe1; } tr.removed { background: #ffebe9; }
tr.hunk { background: #ddf4ff; color: #59636e; font: 12px/28px ui-monospace, "DejaVu Sans Mono", monospace; }
tr.hunk td { padding: 0 8px; }
tr.thread > td { width: auto !important; text-align: left !important; font: inherit !important; color: inherit !important; padding: 8px 16px !important; border-top: 1px solid #d1d9e0; border-bottom: 1px solid #d1d9e0; background: #fff; }
article { border: 1px solid #d1d9e0; border-radius: 6px; max-width: 780px; padding: 8px 16px 12px; }
article h4 { margin: 0 0 4px; font-size: 14px; } article p { margin: 6px 0; }
.avatar { display: inline-block; width: 18px; height: 18px; border-radius: 50%; background: #bf3989; vertical-align: -4px; margin-right: 8px; }
.bot { border: 1px solid #d1d9e0; border-radius: 2em; color: #59636e; font-size: 12px; font-weight: 400; padding: 0 7px; }
.suggestion { border: 1px solid #d1d9e0; border-radius: 6px; margin: 10px 0; overflow: hidden; }
.suggestion-head { background: #f6f8fa; border-bottom: 1px solid #d1d9e0; font-size: 12px; padding: 6px 12px; color: #59636e; }
.suggestion-foot { border-top: 1px solid #d1d9e0; padding: 8px; text-align: right; }
.suggestion-foot span { border: 1px solid #d1d9e0; border-radius: 6px; background: #f6f8fa; font-size: 12px; font-weight: 600; padding: 5px 12px; }
.hljs-keyword { color: #cf222e; } .hljs-string { color: #0a3069; } .hljs-comment { color: #59636e; } .hljs-title, .hljs-built_in { color: #8250df; } .hljs-number, .hljs-literal { color: #0550ae; }
`;
