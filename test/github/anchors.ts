import { baseOf, headOf, hunksOf, mergeBaseOf } from "./change.ts";
import { changedFiles } from "./changed-files.ts";
import { type PullState, Refusal, type RepositoryState } from "./state.ts";

/** A comment as a review's request carries it. */
export interface RequestedComment {
  readonly path: string;
  readonly body: string;
  readonly line?: number;
  readonly side?: string;
  readonly start_line?: number;
  readonly start_side?: string;
}

const MAX_BODY = 65_536;

/** Refuses, in GitHub's words, comments that cannot stand where they want to. */
export function checkAnchors(
  repository: RepositoryState,
  pull: PullState,
  comments: readonly RequestedComment[],
): void {
  const head = headOf(repository, pull);
  const base = mergeBaseOf(repository, baseOf(repository, pull), head);
  const files = new Map(changedFiles(repository, base, head).map((file) => [file.filename, file]));
  for (const { path, body, line, start_line: startLine, side = "RIGHT" } of comments) {
    if (body.length > MAX_BODY) throw refuse("Body is too long (maximum is 65536 characters)");
    const file = files.get(path);
    if (file === undefined) throw refuse("Path could not be resolved");
    if (file.patch === undefined) throw refuse("Pull request review thread diff hunk can't be blank");
    if (side !== "RIGHT") throw refuse("the stand-in knows comments on the RIGHT side only");
    const hunks = hunksOf(file.patch);
    const hunk = hunks.find(({ right }) => line !== undefined && right.includes(line));
    if (hunk === undefined || line === undefined)
      throw refuse("Pull request review thread line must be part of the diff");
    if (startLine === undefined) continue;
    if (startLine >= line) throw refuse("Pull request review thread start line must precede the end line.");
    if (!hunk.right.includes(startLine))
      throw refuse("Pull request review thread start line must be part of the same hunk as the line.");
  }
}

function refuse(message: string): Refusal {
  return new Refusal(422, "Unprocessable Entity", [message]);
}
