import type { PullState, RepositoryState } from "./state.ts";

/** The pull request's head: its branch, or the last one known once the branch or the fork is gone. */
export function headOf({ git }: RepositoryState, pull: PullState): string {
  const own = pull.headRepository?.git === git ? git.head(pull.headBranch) : null;
  return own ?? git.text("rev-parse", "--verify", `refs/pull/${pull.number}/head^{commit}`);
}

/** The commit that the pull request is compared with: where its base stands, or stood when it was merged. */
export function baseOf({ git }: RepositoryState, { merge, baseBranch }: PullState): string {
  return merge?.baseSha ?? git.head(baseBranch) ?? "";
}

export function mergeBaseOf(repository: RepositoryState, base: string, head: string): string {
  return repository.git.text("merge-base", base, head);
}

/** Lines of the new file that each hunk of a patch shows, with the rows in order. */
export function hunksOf(
  patch: string,
): { readonly right: number[]; readonly rows: { readonly kind: string; readonly right: number | null }[] }[] {
  const hunks: { right: number[]; rows: { kind: string; right: number | null }[] }[] = [];
  let next = 0;
  for (const line of patch.split("\n")) {
    const header = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line);
    if (header !== null) {
      next = Number(header[1]);
      hunks.push({ right: [], rows: [] });
      continue;
    }
    const hunk = hunks.at(-1);
    if (hunk === undefined || line.startsWith("\\")) continue;
    if (line.startsWith("-")) hunk.rows.push({ kind: "-", right: null });
    else {
      hunk.rows.push({ kind: line.charAt(0), right: next });
      hunk.right.push(next);
      next += 1;
    }
  }
  return hunks;
}

/** Where a line of one commit's file stands in another's; null when it was changed or removed. */
export function followLine(
  { git }: RepositoryState,
  from: string,
  to: string,
  path: string,
  line: number,
): number | null {
  if (from === to) return line;
  const output = git.run("diff", "-U0", "--no-color", from, to, "--", path).toString("utf8");
  if (/^deleted file mode/m.test(output)) return null;
  let shift = 0;
  for (const [, oldStart = "0", oldCount = "1", , newCount = "1"] of output.matchAll(
    /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/gm,
  )) {
    const first = Number(oldStart) + (oldCount === "0" ? 1 : 0);
    if (line < first) break;
    if (line < first + Number(oldCount)) return null;
    shift += Number(newCount) - Number(oldCount);
  }
  return line + shift;
}
