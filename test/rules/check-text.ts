import type { Analyser } from "../../src/analysis/analyser.ts";
import type { FileReport } from "../../src/fixes/fix.ts";

/** The file that says in which versions a repository of the tests uses its libraries. */
export const REQUIREMENTS = "requirements.txt";

/**
 * Checks files given as text, which are the whole repository, with these rules (default: those that are on by
 * default); ids differ with the text, as blob SHAs do. `requirements.txt` pins versions and is not checked.
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
  const paths = [...files.keys()].filter((path) => path !== REQUIREMENTS);
  const text = files.get(REQUIREMENTS);
  const pins = text === undefined ? {} : { manifests: () => [{ path: REQUIREMENTS, text }] };
  return [...analyser.check({ paths, read, isAtHand: true, ...pins }, paths, { rules }).reports];
}

/** Checks one file; without `rules` with those that are on by default. */
export function checkText(analyser: Analyser, text: string, rules?: readonly string[]): FileReport {
  const [report] = checkTexts(analyser, new Map([["module.py", text]]), rules);
  if (report === undefined) throw new Error("no report");
  return report;
}
