import { headOf } from "./change.ts";
import type { PullState, RepositoryState } from "./state.ts";

/** Makes the merge commit of a pull request, without moving a branch to it. */
export function mergeCommit(
  repository: RepositoryState,
  pull: PullState,
): { readonly sha: string; readonly baseSha: string } {
  const { git } = repository;
  const baseSha = git.head(pull.baseBranch) ?? "";
  const head = headOf(repository, pull);
  const [tree = ""] = git.text("merge-tree", "--write-tree", baseSha, head).split("\n");
  const message = `Merge pull request #${pull.number} from ${pull.headOwner}/${pull.headBranch}`;
  const person = { name: "GitHub", email: "noreply@github.com" };
  return { sha: git.commitTree(tree, [baseSha, head], message, person), baseSha };
}
