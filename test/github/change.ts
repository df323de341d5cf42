import type { PullState, RepositoryState } from "./state.ts";

/** Files whose patch is longer than this have none (GitHub's page shows 20,000 lines). */
const MAX_PATCH_LINES = 20_000;

export interface FileChange {
  readonly filename: string;
  readonly previous_filename?: string;
  readonly status: string;
  readonly sha: string;
  readonly additions: number;
  readonly deletions: number;
  readonly changes: number;
  readonly patch?: string;
}

export function headOf(repository: RepositoryState, pull: PullState): string {
  return repository.git.head(pull.headBranch) ?? "";
}

export function mergeBaseOf(repository: RepositoryState, base: string, head: string): string {
  return repository.git.text("merge-base", base, head);
}

/** The files that differ between two commits, as git sees them. */
export function changedFiles({ git }: RepositoryState, base: string, head: string): FileChange[] {
  const fields = git.run("diff", "--raw", "-z", "-M", "--no-abbrev", base, head).toString("utf8").split("\0");
  const files: FileChange[] = [];
  for (let at = 0; at + 1 < fields.length; ) {
    const [, , , newSha = "", letters = ""] = (fields[at] ?? "").split(" ");
    const isRename = letters.startsWith("R");
    const oldPath = fields[at + 1] ?? "";
    const path = isRename ? (fields[at + 2] ?? "") : oldPath;
    at += isRename ? 3 : 2;
    files.push(describe(git, base, head, { oldPath, path, letters, newSha }));
  }
  return files;
}

const STATUSES: Readonly<Record<string, string>> = {
  A: "added",
  D: "removed",
  M: "modified",
  R: "renamed",
  T: "changed",
};

function describe(
  git: RepositoryState["git"],
  base: string,
  head: string,
  { oldPath, path, letters, newSha }: { oldPath: string; path: string; letters: string; newSha: string },
): FileChange {
  const output = git.run("diff", "-M", "--no-color", base, head, "--", oldPath, path).toString("utf8");
  const start = output.indexOf("\n@@ ");
  const patch = start === -1 ? null : output.slice(start + 1).replace(/\n$/, "");
  const lines = patch?.split("\n") ?? [];
  const additions = lines.filter((line) => line.startsWith("+")).length;
  const deletions = lines.filter((line) => line.startsWith("-")).length;
  return {
    filename: path,
    ...(oldPath === path ? {} : { previous_filename: oldPath }),
    status: STATUSES[letters.charAt(0)] ?? "changed",
    sha: newSha,
    additions,
    deletions,
    changes: additions + deletions,
    ...(patch === null || lines.length > MAX_PATCH_LINES ? {} : { patch }),
  };
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
