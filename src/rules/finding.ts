import type { Hop } from "../project/hop.ts";
import type { Location, Span } from "../python/location.ts";

/** How much a finding matters; "info" is shown and never fails a check. */
export type Severity = "error" | "warning" | "info";

/** The three parts of every message. Plain text; code is set in back-ticks. */
export interface Message {
  /** What is wrong: one sentence, no final full stop missing. */
  readonly problem: string;
  /** What Python does at run time because of it. */
  readonly reason: string;
  /** What to do. */
  readonly remedy: string;
}

/** One defect, reported at the expression (or statement head) that is wrong. */
export interface Finding {
  /** Kebab-case rule name, the product's API. */
  readonly rule: string;
  /** Short form of the rule name, "YS101". */
  readonly code: string;
  readonly severity: Severity;
  readonly span: Span;
  readonly location: Location;
  readonly message: Message;
  /** Why the analysis is certain: from the expression to the definition it rests on. */
  readonly chain: readonly Hop[];
  /**
   * Identity without path and line numbers: 16 hexadecimal digits over rule, enclosing definition and the
   * expression's text. Equal findings of one file share it; `ordinal` (0, 1, …, in source order) tells them apart.
   */
  readonly fingerprint: string;
  readonly ordinal: number;
}
