import { followLine, headOf } from "./change.ts";
import type { PullState, RepositoryState } from "./state.ts";

/** Takes over the head's commits, as `refs/pull/N/head`: it stays when the branch or the fork goes. */
export function fetchHead({ git }: RepositoryState, { number, headRepository, headBranch }: PullState): void {
  if (headRepository === null) return;
  const own = headRepository.git === git ? git.head(headBranch) : null;
  if (own !== null) {
    git.run("update-ref", `refs/pull/${number}/head`, own);
    return;
  }
  const refs = `+refs/heads/${headBranch}:refs/pull/${number}/head`;
  git.run("fetch", "--quiet", headRepository.git.folder, refs);
}

/** Comments follow their lines to the new head; where the lines changed, they are outdated. */
export function moveComments(repository: RepositoryState, pull: PullState, before: string | null): void {
  const head = headOf(repository, pull);
  if (before === null) return;
  for (const comment of pull.comments) {
    if (comment.line === null) continue;
    const { path, line, startLine } = comment;
    const lines = Array.from({ length: line - (startLine ?? line) + 1 }, (_, index) =>
      followLine(repository, before, head, path, (startLine ?? line) + index),
    );
    const isKept = lines.every((one) => one !== null);
    comment.line = isKept ? (lines.at(-1) ?? null) : null;
    comment.startLine = isKept && startLine !== null ? (lines[0] ?? null) : null;
  }
}
