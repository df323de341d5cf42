/** One file as text, or several by their paths. */
export type Source = string | Readonly<Record<string, string>>;

/** Code about which nothing is to be said. */
interface CorrectCase {
  /** What the case shows; the name of its test. */
  readonly name: string;
  readonly source: Source;
}

/** Code with mistakes, what is said about each, and what the repairs make of it. */
export interface DefectiveCase extends CorrectCase {
  readonly findings: readonly ExpectedFinding[];
  /** The files after all repairs (those that do not change may be left out); none where nothing is repaired. */
  readonly output?: Source;
}

/** A finding has a place, `at` or `text`, and a message; the tester refuses cases without. */
export interface ExpectedFinding {
  /** Line and column, from 1: "7:5". */
  readonly at?: string;
  /** The whole reported text, which occurs once in its file. */
  readonly text?: string;
  /** The file; not needed where the case has only one. */
  readonly path?: string;
  /** What the message says is wrong: its whole first sentence, or a pattern that part of it must match. */
  readonly message?: string | RegExp;
  readonly grade: "A" | "B" | "none";
  /** The code, where it is another rule's. */
  readonly code?: string;
}

/** The cases of one rule. */
export interface RuleCases {
  readonly correct?: readonly CorrectCase[];
  readonly defective?: readonly DefectiveCase[];
}

/** The files of a case by path; a single text is `module.py`. */
export function filesOf(source: Source): Map<string, string> {
  return new Map(typeof source === "string" ? [["module.py", source]] : Object.entries(source));
}
