import type { Analyser } from "../../src/analysis/analyser.ts";
import type { FileReport } from "../../src/fixes/fix.ts";

/**
 * Checks files given as text, which are the whole repository, with these rules (default: those that are on by
 * default); ids differ with the text, as blob SHAs do.
 */
export function checkTexts(
  analyser: Analyser,
  files: ReadonlyMap<string, string>,
  rules?: readonly string[],
): FileReport[] {
  const read = (path: string) => {
    const text = files.get(path);
    return text === undefined ? undefined : { id: text, bytes: Buffer.from(text) };
  };
  const paths = [...files.keys()];
  return [...analyser.check({ paths, read, isAtHand: true }, paths, { rules }).reports];
}

/** Checks one file; without `rules` with those that are on by default. */
export function checkText(analyser: Analyser, text: string, rules?: readonly string[]): FileReport {
  const [report] = checkTexts(analyser, new Map([["module.py", text]]), rules);
  if (report === undefined) throw new Error("no report");
  return report;
}
