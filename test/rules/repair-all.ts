import type { Analyser } from "../../src/analysis/analyser.ts";
import { applyEdits } from "../../src/fixes/apply-edits.ts";
import { checkTexts } from "./check-text.ts";

/** Applies repairs one after the other until none is left. @throws Error when they do not come to an end. */
export function repairAll(
  analyser: Analyser,
  files: ReadonlyMap<string, string>,
  rules?: readonly string[],
): Map<string, string> {
  const repaired = new Map(files);
  for (let round = 0; round < 100; round++) {
    const report = checkTexts(analyser, repaired, rules).find(({ diagnostics }) =>
      diagnostics.some(({ fix }) => fix !== null),
    );
    const fix = report?.diagnostics.find((one) => one.fix !== null)?.fix;
    if (report === undefined || fix == null) return repaired;
    repaired.set(report.path, applyEdits(report.text ?? "", fix.edits));
  }
  throw new Error("repairs do not come to an end");
}
