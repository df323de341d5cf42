import type { Span } from "../python/location.ts";
import type { Finding } from "../rules/finding.ts";

/** Replaces the text of a span; an empty span inserts. */
export interface Edit extends Span {
  readonly text: string;
}

/**
 * A verified repair. Grade A: the only sensible one, one click. Grade B: parses and removes the finding,
 * but changes timing, types or memory; `caution` then says what changes.
 */
export interface Fix {
  /** Imperative, for a button or heading: "Insert `await`". */
  readonly title: string;
  readonly grade: "A" | "B";
  readonly caution: string | null;
  /** Sorted by position, never overlapping. Offsets are UTF-16 units of the file's text. */
  readonly edits: readonly Edit[];
}

/** A finding with its repair, if there is one. */
export interface Diagnostic extends Finding {
  readonly fix: Fix | null;
  /** Only of an unused suppression: the codes of the rules that it names. */
  readonly silences?: readonly string[];
}

/** Everything that is to be said about one file. */
export interface FileReport {
  readonly path: string;
  /** The analysed text without byte order mark; null when the file was skipped. */
  readonly text: string | null;
  readonly hasBom: boolean;
  /** In source order, at most one per expression. */
  readonly diagnostics: readonly Diagnostic[];
  /** Fingerprints of findings that comments in the code switch off; left out where there is none. */
  readonly silenced?: readonly string[];
  /** Why the file was not analysed at all, as a sentence fragment; null when it was. */
  readonly skipped: string | null;
  /** Why only part of it was analysed ("syntax error in line 3: …"); null when all was. */
  readonly note: string | null;
}
