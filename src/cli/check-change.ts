import type { Analyser, CheckOptions, SourceTree } from "../analysis/analyser.ts";
import { parseGitDiff } from "../diff/parse-git-diff.ts";
import type { FileReport } from "../fixes/fix.ts";
import { introducedDiagnostics } from "../review/introduced.ts";
import { openCommitTree } from "./commit-tree.ts";
import { git } from "./git.ts";

export interface Change {
  readonly root: string;
  /** `BASE` or `BASE..HEAD`. */
  readonly range: string;
  /** Report everything in the changed files. */
  readonly isEveryLine: boolean;
  /** Codes of the rules that run. */
  readonly rules: readonly string[];
  /** What the project's configuration changes in the table of blocking calls. */
  readonly blockingCalls?: CheckOptions["blockingCalls"];
}

/** Checks the files that a change touches; by default only what is not at the merge base already. */
export function checkChange(
  analyser: Analyser,
  { root, range, isEveryLine, rules, blockingCalls }: Change,
  workingTree: SourceTree,
  isWanted: (path: string) => boolean,
): FileReport[] {
  const [base = "", head = ""] = range.split("..", 2);
  const mergeBase = git(root, "merge-base", "--end-of-options", base, head === "" ? "HEAD" : head)
    .toString("utf8")
    .trim();
  const commits = head === "" ? [mergeBase] : [mergeBase, head];
  const output = git(
    root,
    "diff",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "-M",
    "-U3",
    "--relative",
    ...commits,
    "--",
  );
  const changed = parseGitDiff(output.toString("utf8")).filter(
    ({ newPath, isBinary }) => newPath?.endsWith(".py") === true && !isBinary && isWanted(newPath),
  );
  const headTree = head === "" ? workingTree : openCommitTree(root, head);
  const paths = changed.flatMap(({ newPath }) => (newPath === null ? [] : [newPath]));
  const { reports } = analyser.check(headTree, paths, { rules, blockingCalls });
  if (isEveryLine) return [...reports];
  const baseTree = openCommitTree(root, mergeBase);
  const oldPaths = changed.flatMap(({ oldPath }) => (oldPath === null ? [] : [oldPath]));
  const bases = new Map(
    analyser
      .check(baseTree, oldPaths, { rules, blockingCalls })
      .reports.map((report) => [report.path, report]),
  );
  return reports.map((report) => {
    const file = changed.find(({ newPath }) => newPath === report.path);
    const before = file?.oldPath == null ? null : (bases.get(file.oldPath) ?? null);
    return { ...report, diagnostics: introducedDiagnostics(report, before, file?.hunks ?? []) };
  });
}
