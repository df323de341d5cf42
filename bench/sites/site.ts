import type { Gap } from "../../src/analysis/first-gap.ts";
import type { Certainty } from "../../src/project/kind-of.ts";

export type AsyncConsumption = "await" | "async for" | "async with";

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
