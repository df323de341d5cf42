import type { Analyser, CheckOptions, SourceTree } from "../analysis/analyser.ts";
import { isCheckedPath } from "../analysis/is-checked-path.ts";
import { overlayTree } from "../analysis/overlay-tree.ts";
import { hunksBetween } from "../diff/hunks-between.ts";
import { parseGitDiff } from "../diff/parse-git-diff.ts";
import { introducedDiagnostics } from "../review/introduced.ts";
import type { CheckScope } from "./check-scope.ts";
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
  /** Report suppressions that silence nothing, too. */
  readonly warnsUnusedIgnores: boolean;
  /** What the project's configuration changes in the table of blocking calls. */
  readonly blockingCalls?: CheckOptions["blockingCalls"];
}

/** The files that a change touches; by default only what is not at the merge base already is kept of them. */
export function openChange(
  analyser: Analyser,
  { root, range, isEveryLine, rules, warnsUnusedIgnores, blockingCalls }: Change,
  workingTree: SourceTree,
  isWanted: (path: string) => boolean,
): CheckScope {
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
    ({ newPath, isBinary }) => newPath !== null && isCheckedPath(newPath) && !isBinary && isWanted(newPath),
  );
  const headTree = head === "" ? workingTree : openCommitTree(root, head);
  const paths = changed.flatMap(({ newPath }) => (newPath === null ? [] : [newPath]));
  const options = { rules, warnsUnusedIgnores, blockingCalls };
  const oldPaths = changed.flatMap(({ oldPath }) => (oldPath === null ? [] : [oldPath]));
  const baseReports = isEveryLine
    ? []
    : analyser.check(openCommitTree(root, mergeBase), oldPaths, options).reports;
  const bases = new Map(baseReports.map((report) => [report.path, report]));
  const texts = new Map<string, string | null>();
  return {
    options,
    async check(overlay) {
      const tree = overlay.size === 0 ? headTree : overlayTree(headTree, () => overlay);
      const { reports } = analyser.check(tree, paths, options);
      if (overlay.size === 0) for (const { path, text } of reports) texts.set(path, text);
      return [...reports];
    },
    keep(report) {
      if (isEveryLine) return report;
      const file = changed.find(({ newPath }) => newPath === report.path);
      const before = file?.oldPath == null ? null : (bases.get(file.oldPath) ?? null);
      // Git knows the lines of the text that it compared, not those of one that was repaired since.
      const isGits = before === null || texts.get(report.path) === report.text;
      const hunks = isGits ? (file?.hunks ?? []) : hunksBetween(before.text ?? "", report.text ?? "");
      return { ...report, diagnostics: introducedDiagnostics(report, before, hunks) };
    },
  };
}
