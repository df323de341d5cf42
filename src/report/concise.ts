import { hopLines } from "./hop-lines.ts";
import type { Report } from "./report.ts";
import { summary } from "./summary.ts";
import { visible } from "./visible.ts";

/** One line a finding: `path:line:column: CODE rule problem`; with `--explain`, its explanation indented below. */
export function concise(report: Report): string {
  return findingLines(report) + summary(report);
}

/** The same without the closing lines. */
export function findingLines(report: Report): string {
  const lines = report.files.flatMap(({ path, diagnostics }) =>
    diagnostics.map(({ location: { line, column }, code, rule, message, chain }) => {
      const place = `${visible(report.displayPath(path))}:${line}:${column}`;
      const hops = report.explains ? hopLines(report, chain).map((hop) => `    ${hop}\n`) : [];
      return `${place}: ${code} ${rule}: ${visible(message.problem)}\n${hops.join("")}`;
    }),
  );
  return lines.join("");
}
