import type { GitStore } from "./git-store.ts";
import type { RepositoryState } from "./state.ts";

/**
 * A file's patch is left out beyond these: GitHub's page shows 20,000 lines or 500 KB of a file
 * (repository-limits.md); the API's own threshold is not documented (GITHUB.md §1).
 */
const MAX_PATCH_LINES = 20_000;
const MAX_PATCH_CHARACTERS = 500_000;

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

const known = new WeakMap<GitStore, Map<string, readonly FileChange[]>>();

/** The files that differ between two commits, as git sees them: two runs of git, remembered. */
export function changedFiles({ git }: RepositoryState, base: string, head: string): readonly FileChange[] {
  const answers = known.get(git) ?? new Map<string, readonly FileChange[]>();
  known.set(git, answers);
  const key = [base, head].map((name) => toSha(git, name)).join(" ");
  const files = answers.get(key) ?? readChanges(git, base, head);
  answers.set(key, files);
  return files;
}

function toSha(git: GitStore, name: string): string {
  return /^[0-9a-f]{40}$/.test(name) ? name : git.text("rev-parse", `${name}^{commit}`);
}

function readChanges(git: GitStore, base: string, head: string): FileChange[] {
  const fields = git.run("diff", "--raw", "-z", "-M", "--no-abbrev", base, head).toString("utf8").split("\0");
  const output = git.run("diff", "-M", "--no-color", base, head).toString("utf8");
  // Lines of a patch never start like this: they have a sign in front.
  const sections = `\n${output}`.split("\ndiff --git ").slice(1);
  const files: FileChange[] = [];
  let section = 0;
  for (let at = 0; at + 1 < fields.length; ) {
    const [, , , sha = "", letters = ""] = (fields[at] ?? "").split(" ");
    const isRename = letters.startsWith("R");
    const oldPath = fields[at + 1] ?? "";
    const path = isRename ? (fields[at + 2] ?? "") : oldPath;
    at += isRename ? 3 : 2;
    // Git shows a file that became a symlink or a submodule as one that went and one that came.
    const count = letters.startsWith("T") ? 2 : 1;
    const patches = sections.slice(section, section + count).map(patchIn);
    section += count;
    files.push(describe({ oldPath, path, letters, sha }, patches.filter((one) => one !== "").join("\n")));
  }
  return files;
}

/** From the first hunk on, without the file's header: empty for binary files and pure renames. */
function patchIn(section: string): string {
  const start = section.indexOf("\n@@ ");
  return start === -1 ? "" : section.slice(start + 1).replace(/\n$/, "");
}

const STATUSES: Readonly<Record<string, string>> = {
  A: "added",
  D: "removed",
  M: "modified",
  R: "renamed",
  T: "changed",
};

function describe(
  { oldPath, path, letters, sha }: { oldPath: string; path: string; letters: string; sha: string },
  patch: string,
): FileChange {
  const lines = patch.split("\n");
  const additions = lines.filter((line) => line.startsWith("+")).length;
  const deletions = lines.filter((line) => line.startsWith("-")).length;
  const isShown = patch !== "" && lines.length <= MAX_PATCH_LINES && patch.length <= MAX_PATCH_CHARACTERS;
  return {
    filename: path,
    ...(oldPath === path ? {} : { previous_filename: oldPath }),
    status: STATUSES[letters.charAt(0)] ?? "changed",
    sha,
    additions,
    deletions,
    changes: additions + deletions,
    ...(isShown ? { patch } : {}),
  };
}
