import type { FileReport, Fix } from "../fixes/fix.ts";
import { createLineIndex } from "../python/line-index.ts";
import type { Report } from "./report.ts";

/**
 * A stable document for programs: lines and columns are 1-based, columns count UTF-16 units, ends are exclusive.
 * Fields are only ever added.
 */
export function json({ files, version, rulePage }: Report): string {
  const findings = files.flatMap((file) =>
    file.diagnostics.map(({ rule, code, severity, location, message, chain, fingerprint, ordinal, fix }) => {
      const { path, line, column, endLine, endColumn, cell } = location;
      return {
        code,
        rule,
        severity,
        path,
        line,
        column,
        endLine,
        endColumn,
        // In a notebook only: the cell, counted from 1 over all of them, and the line in it.
        ...(cell === undefined ? {} : { cell }),
        message,
        page: rulePage(rule),
        chain,
        fingerprint,
        ordinal,
        fix: fix === null ? null : toFix(file, fix),
      };
    }),
  );
  const skipped = files
    .filter((file) => file.skipped !== null || file.note !== null)
    .map(({ path, skipped: reason, note }) => ({ path, reason: reason ?? note, isPartial: reason === null }));
  return `${JSON.stringify({ version, findings, skipped }, null, 2)}\n`;
}

function toFix({ text }: FileReport, { title, grade, caution, edits }: Fix) {
  const index = createLineIndex(text ?? "");
  return {
    title,
    grade,
    caution,
    edits: edits.map(({ start, end, text: replacement }) => {
      const { line, column, endLine, endColumn } = index.locate("", { start, end });
      return { line, column, endLine, endColumn, text: replacement };
    }),
  };
}
