import { count } from "./count.ts";
import type { Report } from "./report.ts";
import { visible } from "./visible.ts";

/** The closing lines for people: how much was found and repaired, and what was not looked at. */
export function summary({ files, displayPath }: Report): string {
  const found = files.flatMap(({ diagnostics }) => diagnostics);
  const checked = files.filter(({ skipped: reason }) => reason === null).length;
  const skipped = files
    .filter(({ skipped: reason, note }) => reason !== null || note !== null)
    .map(
      ({ path, skipped: reason, note }) =>
        `${visible(displayPath(path))}: ${visible(reason ?? note ?? "")}\n`,
    );
  const skippedLines =
    skipped.length === 0
      ? ""
      : `\nNot checked, or only in part:\n${skipped.map((note) => `  ${note}`).join("")}`;
  if (found.length === 0)
    return `${skippedLines}All checks passed: ${count(checked, "file")} without async mistakes.\n`;
  const errors = found.filter(({ severity }) => severity === "error").length;
  const warnings = found.filter(({ severity }) => severity === "warning").length;
  const notes = found.length - errors - warnings;
  const kinds = [
    errors > 0 ? count(errors, "error") : "",
    warnings > 0 ? count(warnings, "warning") : "",
    notes > 0 ? count(notes, "note") : "",
  ];
  const safe = found.filter(({ fix }) => fix?.grade === "A").length;
  const unsafe = found.filter(({ fix }) => fix?.grade === "B").length;
  const repairs = [
    safe > 0 ? `${safe} with a repair` : "",
    unsafe > 0 ? `${unsafe} with a repair to be checked` : "",
  ];
  const extra = repairs.filter((part) => part !== "").join(", ");
  return `${skippedLines}Found ${kinds.filter((part) => part !== "").join(" and ")} in ${count(checked, "file")}${extra === "" ? "" : ` (${extra})`}.\n`;
}
