import type { Report } from "./report.ts";

/** Workflow commands: GitHub Actions turns each line into an annotation. */
export function github({ files }: Report): string {
  const lines = files.flatMap(({ path, diagnostics }) =>
    diagnostics.map(({ location, severity, code, rule, message }) => {
      const { line, column, endLine, endColumn } = location;
      const columns = line === endLine ? [`col=${column}`, `endColumn=${endColumn}`] : [];
      const properties = [
        `file=${property(path)}`,
        `line=${line}`,
        `endLine=${endLine}`,
        ...columns,
        `title=${property(`${code} ${rule}`)}`,
      ];
      return `::${severity === "info" ? "notice" : severity} ${properties.join(",")}::${data(`${message.problem} ${message.reason} ${message.remedy}`)}\n`;
    }),
  );
  return lines.join("");
}

// https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts: what the runner unescapes.
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
