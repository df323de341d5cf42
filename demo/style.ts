/** The page's look, close to GitHub's light theme. */
export const STYLE = `
body { font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; color: #1f2328; max-width: 1000px; margin: 24px auto; padding: 0 16px; }
h1 { font-size: 26px; font-weight: 400; margin: 0 0 8px; }
h2 { font-size: 14px; margin: 0; }
.number, .muted { color: #59636e; font-weight: 400; }
.state { background: #1a7f37; color: #fff; border-radius: 2em; padding: 4px 12px; font-weight: 600; }
.state.merged { background: #8250df; } .state.closed { background: #cf222e; }
code { font: 12px ui-monospace, "DejaVu Sans Mono", monospace; background: #818b981f; border-radius: 6px; padding: 2px 5px; }
.check { border: 1px solid #d1d9e0; border-radius: 6px; padding: 12px 16px; margin: 16px 0; }
.check td, .check th { border: 1px solid #d1d9e0; padding: 4px 10px; text-align: left; }
.success { color: #1a7f37; } .failure { color: #cf222e; } .neutral, .skipped, .pending { color: #818b98; }
summary { cursor: pointer; color: #59636e; font-size: 12px; }
a, .link { color: #0969da; text-decoration: none; }
table { border-collapse: collapse; width: 100%; }
.file { border: 1px solid #d1d9e0; border-radius: 6px; margin: 16px 0; overflow: hidden; }
.file h3, .thread-head { font: 600 12px ui-monospace, "DejaVu Sans Mono", monospace; background: #f6f8fa; border-bottom: 1px solid #d1d9e0; margin: 0; padding: 10px 16px; }
.diff > tbody > tr > td:nth-child(-n+2) { width: 36px; text-align: right; color: #59636e; font: 12px/20px ui-monospace, "DejaVu Sans Mono", monospace; padding: 0 8px; vertical-align: top; }
pre { font: 12px/20px ui-monospace, "DejaVu Sans Mono", monospace; margin: 0; padding: 0 8px; white-space: pre-wrap; }
tr.added { background: #dafbe1; } tr.removed { background: #ffebe9; }
tr.hunk { background: #ddf4ff; color: #59636e; font: 12px/28px ui-monospace, "DejaVu Sans Mono", monospace; }
tr.hunk td { padding: 0 8px; }
.diff > tbody > tr.below > td { width: auto; text-align: left; font: inherit; color: inherit; padding: 8px 16px; border-top: 1px solid #d1d9e0; border-bottom: 1px solid #d1d9e0; background: #fff; }
article { border: 1px solid #d1d9e0; border-radius: 6px; max-width: 780px; padding: 8px 16px 12px; margin: 8px 0; background: #fff; }
article h4 { margin: 0 0 4px; font-size: 14px; font-weight: 400; } article p { margin: 6px 0; }
article pre { background: #f6f8fa; border-radius: 6px; padding: 8px; } article .suggestion pre { background: none; border-radius: 0; padding: 0 8px; }
.avatar { display: inline-block; width: 20px; height: 20px; border-radius: 50%; color: #fff; font: 600 11px/20px sans-serif; text-align: center; vertical-align: -2px; margin-right: 6px; }
.bot, .badge { border: 1px solid #d1d9e0; border-radius: 2em; color: #59636e; font: 400 12px sans-serif; padding: 0 7px; } .badge { color: #9a6700; border-color: #d4a72c; }
.reactions span { border: 1px solid #d1d9e0; border-radius: 2em; font-size: 12px; padding: 1px 8px; }
.suggestion { border: 1px solid #d1d9e0; border-radius: 6px; margin: 10px 0; overflow: hidden; }
.suggestion-head { background: #f6f8fa; border-bottom: 1px solid #d1d9e0; font-size: 12px; padding: 6px 12px; color: #59636e; }
.suggestion-foot { border-top: 1px solid #d1d9e0; padding: 8px; text-align: right; font-size: 12px; color: #59636e; }
.suggestion-foot:empty { display: none; }
.suggestion-foot span, .button { border: 1px solid #d1d9e0; border-radius: 6px; background: #f6f8fa; color: #1f2328; font-size: 12px; font-weight: 600; padding: 5px 12px; }
.check .button { float: right; }
.chapter { border-top: 4px solid #d1d9e0; padding-top: 8px; margin-top: 48px; } .chapter-title { font-size: 20px; margin: 8px 0 24px; }
.conversation { border-left: 2px solid #d1d9e0; padding-left: 20px; margin: 24px 0 24px 8px; }
.event { margin: 14px 0; } .commit { display: flex; gap: 6px; align-items: baseline; flex-wrap: wrap; } .commit code { margin-left: auto; }
.check-mark { color: #59636e; font-size: 12px; white-space: nowrap; }
.conversation .thread { border: 1px solid #d1d9e0; border-radius: 6px; margin: 12px 0; overflow: hidden; } .conversation .thread article { border-width: 1px 0 0; border-radius: 0; margin: 0; max-width: none; }
.conversation .thread > summary { padding: 8px 16px; background: #f6f8fa; } .minimized { padding: 8px 16px; }
.hljs-keyword { color: #cf222e; } .hljs-string { color: #0a3069; } .hljs-comment { color: #59636e; } .hljs-title, .hljs-built_in { color: #8250df; } .hljs-number, .hljs-literal { color: #0550ae; }
`;
