/** One line of a hunk. Line numbers are 1-based; null on the side that lacks the line. */
export interface HunkLine {
  readonly kind: " " | "+" | "-";
  /** Without the line feed; a carriage return stays. */
  readonly text: string;
  readonly oldLine: number | null;
  readonly newLine: number | null;
  /** The file ends here without a line feed. */
  readonly hasNoNewline: boolean;
}

/** A run of changed lines with the context around it. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  readonly lines: readonly HunkLine[];
}
