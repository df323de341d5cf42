import { createTwoFilesPatch } from "diff";
import type { Colors } from "picocolors/types.ts";
import { applyEdits } from "../fixes/apply-edits.ts";
import type { Diagnostic, FileReport, Fix } from "../fixes/fix.ts";
import { shortChain } from "../rules/short-chain.ts";
import { codeFrame } from "./code-frame.ts";
import { hopLines } from "./hop-lines.ts";
import type { Report } from "./report.ts";
import { summary } from "./summary.ts";
import { visible } from "./visible.ts";

/** Everything for a reader at a terminal: code frames, explanations, repairs as small diffs. */
export function full(report: Report, colors: Colors): string {
  const blocks = report.files.flatMap((file) =>
    file.diagnostics.map((one) => block(report, file, one, colors)),
  );
  return blocks.join("") + summary(report);
}

function block(report: Report, file: FileReport, one: Diagnostic, colors: Colors): string {
  const { location, code, rule, message, chain, fix, severity } = one;
  const paint = severity === "error" ? colors.red : severity === "warning" ? colors.yellow : colors.blue;
  const place = `${visible(report.displayPath(file.path))}:${location.line}:${location.column}`;
  const lines = [
    `${paint(colors.bold(code))} ${colors.bold(rule)}: ${visible(message.problem)}\n`,
    `${colors.blue(" -->")} ${place}\n`,
    codeFrame(file.text ?? "", location, colors),
    `${colors.blue("  =")} why: ${visible(message.reason)}\n`,
    `${colors.blue("  =")} help: ${visible(message.remedy)}\n`,
    ...hopLines(report, report.explains ? chain : shortChain(chain)).map(
      (hop) => `${colors.blue("  =")} note: ${hop}\n`,
    ),
  ];
  if (fix !== null && file.text !== null) lines.push(repair(file.text, fix, colors));
  return `${lines.join("")}\n`;
}

function repair(text: string, fix: Fix, colors: Colors): string {
  const heading = fix.grade === "A" ? `repair: ${fix.title}` : `repair, to be checked: ${fix.title}`;
  const patch = createTwoFilesPatch("", "", text, applyEdits(text, fix.edits), "", "", { context: 0 });
  const rows = patch
    .split("\n")
    .slice(4)
    .filter((row) => row !== "" && !row.startsWith("\\"));
  const painted = rows.map((row) => {
    const shown = `    ${visible(row)}`;
    if (row.startsWith("+")) return colors.green(shown);
    if (row.startsWith("-")) return colors.red(shown);
    return colors.cyan(shown);
  });
  const caution = fix.caution === null ? "" : `${colors.blue("  =")} note: ${fix.caution}\n`;
  return `${colors.blue("  =")} ${heading}\n${painted.join("\n")}\n${caution}`;
}
