import pc from "picocolors";
import type { FileReport } from "../../src/fixes/fix.ts";
import { full } from "../../src/report/full.ts";
import { summary } from "../../src/report/summary.ts";

const PLAIN = pc.createColors(false);

/** What `yieldsign check` prints about these files, with code frames and repairs, without colours and closing line. */
export function reportText(files: readonly FileReport[]): string {
  const report = {
    files,
    version: "",
    displayPath: (path: string) => path,
    explains: false,
    rulePage: (rule: string) => rule,
    rules: [],
  };
  return full(report, PLAIN).slice(0, -summary(report).length).trimEnd();
}
