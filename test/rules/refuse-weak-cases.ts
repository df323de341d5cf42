import type { Analyser } from "../../src/analysis/analyser.ts";
import { refuseDuplicates } from "./refuse-duplicates.ts";
import { refuseWeakOutput } from "./refuse-weak-output.ts";
import { type DefectiveCase, type ExpectedFinding, filesOf, type RuleCases } from "./rule-case.ts";

/** Messages that no rule has; a pattern that matches one of them says nothing about a message. */
const ANYTHING = ["", "x", "A sentence."];

/**
 * Refuses cases that could pass without proving anything.
 * @throws Error that names the first weak case and says what it lacks.
 */
export function refuseWeakCases(analyser: Analyser, cases: RuleCases, rules: readonly string[]): void {
  const { correct = [], defective = [] } = cases;
  const all = [...correct, ...defective].map(({ name, source }) => ({ name, files: filesOf(source) }));
  if (all.length === 0) throw new Error("there are no cases");
  const names = new Set<string>();
  for (const { name, files } of all) {
    if (name.trim() === "") throw new Error("a case has no name");
    if (names.has(name)) throw new Error(`${name}: another case has this name`);
    names.add(name);
    if (![...files.values()].some((text) => text.trim() !== ""))
      throw new Error(`${name}: there is no source`);
  }
  refuseDuplicates(all);
  for (const one of defective) {
    try {
      refuseWeakCase(analyser, one, rules);
    } catch (error) {
      throw new Error(`${one.name}: ${error instanceof Error ? error.message : error}`);
    }
  }
}

function refuseWeakCase(analyser: Analyser, one: DefectiveCase, rules: readonly string[]): void {
  const files = filesOf(one.source);
  if (one.findings.length === 0) throw new Error("a defective case expects no finding");
  for (const [index, finding] of one.findings.entries()) refuseWeakFinding(finding, files, index + 1);
  const isRepaired = one.findings.some(({ grade }) => grade !== "none");
  if (isRepaired && one.output === undefined)
    throw new Error("a finding has a repair and the case no output");
  if (one.output === undefined) return;
  refuseWeakOutput(analyser, files, filesOf(one.output), rules);
  if (!isRepaired) throw new Error("there is an output, and no finding has a repair");
}

function refuseWeakFinding(
  { at, text, path, message }: ExpectedFinding,
  files: ReadonlyMap<string, string>,
  number: number,
): void {
  const which = `finding ${number}`;
  if (path === undefined && files.size > 1) throw new Error(`${which} does not say in which file`);
  const source = path === undefined ? [...files.values()][0] : files.get(path);
  if (source === undefined) throw new Error(`${which} is in ${path}, which is no file of the source`);
  if (at === undefined && (text === undefined || text === ""))
    throw new Error(`${which} has no location: give \`at\` or \`text\``);
  if (at !== undefined && !/^[1-9]\d*:[1-9]\d*$/.test(at))
    throw new Error(`${which} is at “${at}”, which is no line and column`);
  if (text !== undefined && source.split(text).length !== 2)
    throw new Error(`${which} marks “${text}”, which does not occur exactly once`);
  if (message === undefined || message === "") throw new Error(`${which} has no message`);
  if (message instanceof RegExp && ANYTHING.some((sentence) => message.test(sentence)))
    throw new Error(`${which} accepts any message: ${message}`);
}
