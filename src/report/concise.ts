import type { Report } from "./report.ts";
import { summary } from "./summary.ts";
import { visible } from "./visible.ts";

/** One line a finding: `path:line:column: CODE rule problem`. */
export function concise(report: Report): string {
  const lines = report.files.flatMap(({ path, diagnostics }) =>
    diagnostics.map(({ location: { line, column }, code, rule, message }) => {
      return `${visible(report.displayPath(path))}:${line}:${column}: ${code} ${rule}: ${visible(message.problem)}\n`;
    }),
  );
  return lines.join("") + summary(report);
}
