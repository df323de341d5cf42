import type { Certainty } from "../../src/project/kind-of.ts";

export type AsyncConsumption = "await" | "async for" | "async with";

/** Where and why the evaluation of an expression first gave nothing. */
export interface Gap {
  /** What kind of step failed; few enough for a histogram. */
  readonly step: string;
  /** The object it failed on: a module's name, a class's member, a function with its place. */
  readonly subject: string;
}

/** One call that working code awaits, iterates over with `async for` or enters with `async with`. */
export interface Site {
  readonly path: string;
  readonly line: number;
  readonly isTest: boolean;
  readonly consumption: AsyncConsumption;
  /** Syntactic shape of the callee. */
  readonly shape: string;
  readonly verdict: "resolved" | "contradicted" | "unresolved";
  readonly kind: string;
  readonly certainty: Certainty;
  readonly doubts: readonly string[];
  /** Source of the call on one line. */
  readonly text: string;
  /** Set where the verdict is "unresolved". */
  readonly gap: Gap | null;
}

/** True for the files that belong to a test suite by their path. */
export function isTestPath(path: string): boolean {
  return /(^|\/)tests?\//.test(path) || /(^|\/)(test_[^/]*|[^/]*_test|conftest)\.py$/.test(path);
}
