/** One step of an explanation: a place and a sentence that says what is known there. */
export interface Hop {
  /** Repository path, or the name of the facts file for library knowledge ("facts:asyncio"). */
  readonly path: string;
  /** 1-based line, 0 when the step has no line of its own. */
  readonly line: number;
  readonly text: string;
}
