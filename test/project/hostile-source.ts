import { expect, test } from "vitest";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import type { FileReport } from "../../src/fixes/fix.ts";
import { unitOf } from "../../src/project/project.ts";
import { projectOf } from "./evaluate-source.ts";

/** Files by path. */
export type Files = Readonly<Record<string, string>>;

/** The most questions that one use may ask, and a little more. */
const MAX_STEPS = 30_100;

const analyser = await createAnalyser();
let runs = 0;

/** `text(0)`, …, `text(count - 1)`, joined. */
export function repeat(count: number, text: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => text(index)).join("");
}

/** What evaluating all uses of all files comes to. */
export interface Outcome {
  /** The kind of what the last dropped call gives. */
  readonly last: string;
  readonly uses: number;
  /** Questions that were asked for all uses together. */
  readonly steps: number;
}

/** Evaluates every use of every file; no use may ask more than the bound. */
export function evaluateAll(files: Files): Outcome {
  const project = projectOf(files);
  const paths = Object.keys(files);
  for (const path of paths) unitOf(project, path);
  let [last, uses, steps] = ["unknown", 0, 0];
  for (const path of paths) {
    for (const { expression, consumption, scope, block, start: at } of unitOf(project, path)?.facts.uses ??
      []) {
      const value = project.evaluate(expression, { file: path, scope, block, at });
      project.capabilities(value);
      expect(project.steps).toBeLessThan(MAX_STEPS);
      uses += 1;
      steps += project.steps;
      if (consumption.way === "discard") last = value.kind;
    }
  }
  return { last, uses, steps };
}

/** Runs the rules over the files as a working tree and as files that are fetched. */
export function checkAll(files: Files): readonly FileReport[] {
  const paths = Object.keys(files);
  const reports = [true, false].map((isAtHand) => {
    runs += 1;
    const run = runs;
    const result = analyser.check(
      {
        paths,
        isAtHand,
        read(path) {
          const text = files[path];
          return text === undefined ? undefined : { id: `${run}:${path}`, bytes: Buffer.from(text) };
        },
      },
      paths,
    );
    expect(result.reports).toHaveLength(paths.length);
    return result.reports;
  });
  return reports.flat();
}

/** A case: its name, what the last dropped call may give (alternatives are separated by "or"), the files. */
type HostileCase = readonly [name: string, last: string, files: Files];

/** Evaluation is bounded, the last call gives what it may, the rules survive. */
export function survive(cases: readonly HostileCase[]): void {
  test.each(cases)("%s", (_, last, files) => {
    expect(last.split(" or ")).toContain(evaluateAll(files).last);
    checkAll(files);
  });
}
