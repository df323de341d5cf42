import type { Analyser } from "../../src/analysis/analyser.ts";
import { checkTexts } from "./check-text.ts";
import { repairAll } from "./repair-all.ts";

/**
 * Refuses an expected output that would prove nothing: one that is the input again, that does not parse, or that is
 * not finished, so that repairing it once more changes it.
 * @throws Error with the reason.
 */
export function refuseWeakOutput(
  analyser: Analyser,
  input: ReadonlyMap<string, string>,
  output: ReadonlyMap<string, string>,
  rules?: readonly string[],
): void {
  for (const path of output.keys())
    if (!input.has(path)) throw new Error(`the output has ${path}, which is no file of the source`);
  if ([...output].every(([path, text]) => input.get(path) === text))
    throw new Error("the output is equal to the source; leave it away where nothing is repaired");
  const whole = new Map([...input, ...output]);
  for (const { path, note, skipped } of checkTexts(analyser, whole, rules)) {
    const reason = note ?? skipped;
    if (output.has(path) && reason !== null)
      throw new Error(`the output of ${path} does not parse: ${reason}`);
  }
  const again = repairAll(analyser, whole, rules);
  for (const [path, text] of whole)
    if (again.get(path) !== text) throw new Error(`repairing the output of ${path} again changes it`);
}
