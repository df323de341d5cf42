import type { HunkLine } from "../src/diff/hunk.ts";
import { parsePatch } from "../src/diff/parse-patch.ts";
import { escapeHtml, highlight } from "./html.ts";

/** One file of the diff; `below` is what stands under a line of the new file. */
export function renderFile(path: string, patch: string, below: (line: number) => readonly string[]): string {
  const rows: string[] = [];
  for (const { oldStart, oldLines, newStart, newLines, lines } of parsePatch(patch)) {
    const header = `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`;
    rows.push(`<tr class="hunk"><td></td><td></td><td>${header}</td></tr>`);
    for (const line of lines) {
      rows.push(lineRow(line));
      if (line.newLine === null) continue;
      for (const html of below(line.newLine))
        rows.push(`<tr class="below"><td colspan="3">${html}</td></tr>`);
    }
  }
  return `<section class="file"><h3>${escapeHtml(path)}</h3><table class="diff">${rows.join("\n")}</table></section>`;
}

/** A line of a diff as a row of a table. */
export function lineRow({ kind, text, oldLine, newLine }: HunkLine): string {
  const type = kind === "+" ? "added" : kind === "-" ? "removed" : "context";
  return `<tr class="${type}"><td>${oldLine ?? ""}</td><td>${newLine ?? ""}</td><td><pre>${kind}${highlight(text)}</pre></td></tr>`;
}
