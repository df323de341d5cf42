import type { Severity } from "../rules/finding.ts";
import { RULES } from "../rules/index.ts";
import type { Settings } from "./settings.ts";

interface Reported {
  readonly code: string;
  readonly severity: Severity;
  /** Only of an unused suppression: the codes of the rules that it names. */
  readonly silences?: readonly string[];
}

/**
 * Leaves in the reports of files what the settings want of them, with the severities that they say. A finding that is
 * a note by itself (a blocking call in a test) stays one.
 */
export function applySettings<
  Diagnostic extends Reported,
  Report extends { readonly path: string; readonly diagnostics: readonly Diagnostic[] },
>(
  reports: readonly (Report & { readonly diagnostics: readonly Diagnostic[] })[],
  settings: Settings,
): Report[] {
  return reports.map((report) => {
    const codes = settings.codesFor(report.path);
    const diagnostics = report.diagnostics
      .filter((one) => isWanted(one, codes))
      .map((one) => ({ ...one, severity: severityOf(one, settings) }));
    return { ...report, diagnostics };
  });
}

/** An unused suppression is told unless all the rules that it names are switched off. */
function isWanted({ code, silences }: Reported, codes: ReadonlySet<string>): boolean {
  if (silences === undefined) return codes.has(code);
  return silences.length === 0 || silences.some((one) => codes.has(one));
}

function severityOf({ code, severity }: Reported, settings: Settings): Severity {
  const said = settings.severityOf(code);
  if (said === null) return severity;
  const isOwnNote = severity === "info" && RULES.find((rule) => rule.code === code)?.severity !== "info";
  return isOwnNote ? severity : said;
}
