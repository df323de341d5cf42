import type { Diagnostic, FileReport, Fix } from "../fixes/fix.ts";
import { createLineIndex } from "../python/line-index.ts";
import type { Span } from "../python/location.ts";
import type { Report } from "./report.ts";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

const LEVELS = { error: "error", warning: "warning", info: "note" } as const;

/** SARIF 2.1.0: 1-based regions with UTF-16 columns, relative URIs, repairs, the explanation as related locations. */
export function sarif(report: Report): string {
  const rules = report.rules.map(({ name, code, summary, severity }) => ({
    id: code,
    name,
    shortDescription: { text: summary },
    helpUri: report.rulePage(name),
    defaultConfiguration: { level: LEVELS[severity] },
  }));
  const results = report.files.flatMap((file) => file.diagnostics.map((one) => toResult(file, one, report)));
  const notifications = report.files
    .filter(({ skipped, note }) => skipped !== null || note !== null)
    .map(({ path, skipped, note }) => ({
      level: "note",
      message: { text: skipped ?? note ?? "" },
      locations: [{ physicalLocation: { artifactLocation: { uri: toUri(path) } } }],
    }));
  const document = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Yieldsign", version: report.version, rules } },
        // Up to the last slash it is the category; what follows would name the run.
        ...(report.category === undefined ? {} : { automationDetails: { id: `${report.category}/` } }),
        columnKind: "utf16CodeUnits",
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications }],
        results,
      },
    ],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function toResult(file: FileReport, one: Diagnostic, report: Report) {
  const { code, severity, message, chain, fix, span } = one;
  return {
    ruleId: code,
    ruleIndex: report.rules.findIndex((rule) => rule.code === code),
    level: LEVELS[severity],
    message: {
      text: [message.problem, message.reason, message.remedy, ...libraryHops(chain)].join(" "),
    },
    locations: [
      { physicalLocation: { artifactLocation: { uri: toUri(file.path) }, region: toRegion(file, span) } },
    ],
    relatedLocations: chain
      .filter(({ line }) => line > 0)
      .map(({ path, line, text }, id) => ({
        id,
        message: { text },
        physicalLocation: { artifactLocation: { uri: toUri(path) }, region: { startLine: line } },
      })),
    partialFingerprints: { "yieldsign/v1": `${one.fingerprint}:${one.ordinal}` },
    ...(fix === null ? {} : { fixes: [toFix(file, fix)] }),
  };
}

/** What is known of libraries stands in no file of the repository, so the message has to say it. */
function libraryHops(chain: Diagnostic["chain"]): string[] {
  return chain.filter(({ line }) => line === 0).map(({ text }) => (text.endsWith(".") ? text : `${text}.`));
}

function toFix(file: FileReport, { title, edits }: Fix) {
  return {
    description: { text: title },
    artifactChanges: [
      {
        artifactLocation: { uri: toUri(file.path) },
        replacements: edits.map((edit) => ({
          deletedRegion: toRegion(file, edit),
          insertedContent: { text: edit.text },
        })),
      },
    ],
  };
}

function toRegion({ text }: FileReport, span: Span) {
  const { line, column, endLine, endColumn } = createLineIndex(text ?? "").locate("", span);
  return { startLine: line, startColumn: column, endLine, endColumn };
}

function toUri(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
