import type { FileReport } from "../fixes/fix.ts";

/** Nobody shows the text of a file without findings, and thousands of them take memory. */
export function withoutIdleText(report: FileReport): FileReport {
  return report.diagnostics.length === 0 ? { ...report, text: null } : report;
}
