import type { Analyser } from "../../src/analysis/analyser.ts";
import type { FileReport } from "../../src/fixes/fix.ts";

/** Checks an example of a page as a file of its own, `example.py`. */
export function checkExample(analyser: Analyser, code: string): FileReport {
  const path = "example.py";
  const bytes = Buffer.from(`${code}\n`);
  const { reports } = analyser.check({ paths: [path], read: () => ({ id: code, bytes }) }, [path]);
  const [report] = reports;
  if (report === undefined) throw new Error("the example was not checked");
  return report;
}
