import { headOf, mergeBaseOf } from "./change.ts";
import { changedFiles } from "./changed-files.ts";
import { commitOf, ok, page } from "./route-helpers.ts";
import type { Route } from "./routes.ts";
import { Refusal, type RepositoryState } from "./state.ts";

const MAX_FILES = 300;
const MAX_COMMITS = 250;

/** Comparing two commits. */
export const COMPARE_ROUTES: Readonly<Record<string, Route>> = {
  "repos/compare-commits-with-basehead": ({ repository, parameters, query }) => {
    const [baseName = "", headName = ""] = (parameters.basehead ?? "").split("...");
    const base = namedCommit(repository, baseName);
    const head = namedCommit(repository, headName);
    const mergeBase = commonAncestor(repository, base, head, `${baseName} and ${headName}`);
    const [behind = 0, ahead = 0] = repository.git
      .text("rev-list", "--left-right", "--count", `${base}...${head}`)
      .split("\t")
      .map(Number);
    // The files stand on the first page only, whatever a page has (GITHUB.md §1).
    const isFirst = (query.get("page") ?? "1") === "1";
    return ok({
      base_commit: { sha: base },
      merge_base_commit: { sha: mergeBase },
      status: statusOf(ahead, behind),
      ahead_by: ahead,
      behind_by: behind,
      total_commits: ahead,
      commits: commitsBetween(repository, base, head, query),
      files: isFirst ? changedFiles(repository, mergeBase, head).slice(0, MAX_FILES) : [],
    });
  },
};

/** Oldest first; the first 250 unless pages are asked for. */
function commitsBetween(
  { git }: RepositoryState,
  base: string,
  head: string,
  query: URLSearchParams,
): object[] {
  const lines = git.text("log", "--reverse", "--format=%H %s", `${base}..${head}`).split("\n");
  const commits = lines
    .filter((line) => line !== "")
    .map((line) => ({ sha: line.slice(0, 40), commit: { message: line.slice(41) } }));
  const isPaged = query.has("page") || query.has("per_page");
  return isPaged ? page(commits, query) : commits.slice(0, MAX_COMMITS);
}

/** A commit, a branch, or `OWNER:BRANCH` of a pull request's fork. */
function namedCommit(repository: RepositoryState, name: string): string {
  const [, owner = "", branch = ""] = /^([^:]+):(.+)$/.exec(name) ?? [];
  if (owner === "") return commitOf(repository, name);
  if (owner === repository.owner) return commitOf(repository, branch);
  const pull = [...repository.pulls.values()].find(
    ({ headOwner, headBranch }) => headOwner === owner && headBranch === branch,
  );
  if (pull === undefined) throw new Refusal(404, "Not Found");
  return headOf(repository, pull);
}

function commonAncestor(repository: RepositoryState, base: string, head: string, names: string): string {
  try {
    return mergeBaseOf(repository, base, head);
  } catch {
    throw new Refusal(404, `No common ancestor between ${names}.`);
  }
}

function statusOf(ahead: number, behind: number): string {
  if (ahead > 0) return behind > 0 ? "diverged" : "ahead";
  return behind > 0 ? "behind" : "identical";
}
