/** A repair as a commit message tells of it. */
export interface CommittedRepair {
  readonly path: string;
  readonly line: number;
  readonly code: string;
  readonly rule: string;
}

/** A commit's message in its two parts. */
export interface CommitMessage {
  readonly headline: string;
  readonly body: string;
}

/** Most repairs that are listed. */
const MAX_LINES = 100;

/** The message of a commit that applies repairs: how many, and the rule and place of each. */
export function commitMessage(repairs: readonly CommittedRepair[]): CommitMessage {
  const lines = repairs.map(({ code, rule, path, line }) => `${code} ${rule} in ${plain(path)}:${line}`);
  const shown = lines.slice(0, MAX_LINES);
  if (shown.length < lines.length) shown.push(`and ${lines.length - shown.length} more`);
  return {
    headline: `Apply ${repairs.length} Yieldsign ${repairs.length === 1 ? "repair" : "repairs"}`,
    body: shown.join("\n"),
  };
}

/** A path in which GitHub finds no mention, no reference to an issue and no trailer. */
function plain(path: string): string {
  return path.replace(/[^\p{L}\p{N}_./-]/gu, (character) =>
    [...new TextEncoder().encode(character)]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
      .join(""),
  );
}
