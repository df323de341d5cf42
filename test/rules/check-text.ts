import type { Analyser } from "../../src/analysis/analyser.ts";
import type { FileReport } from "../../src/fixes/fix.ts";

/** Checks files given as text; ids differ with the text, as blob SHAs do. */
export function checkTexts(analyser: Analyser, files: ReadonlyMap<string, string>): FileReport[] {
  const read = (path: string) => {
    const text = files.get(path);
    return text === undefined ? undefined : { id: text, bytes: Buffer.from(text) };
  };
  const paths = [...files.keys()];
  return [...analyser.check({ paths, read }, paths).reports];
}

/** Checks one file. */
export function checkText(analyser: Analyser, text: string): FileReport {
  const [report] = checkTexts(analyser, new Map([["module.py", text]]));
  if (report === undefined) throw new Error("no report");
  return report;
}
