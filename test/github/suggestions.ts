import { baseOf, headOf, hunksOf, mergeBaseOf } from "./change.ts";
import { changedFiles } from "./changed-files.ts";
import { type CommentState, type PullState, Refusal, type RepositoryState } from "./state.ts";

/** The new content of the files after the page's button was pressed for comments (several: one batch commit). */
export function applySuggestions(
  repository: RepositoryState,
  pull: PullState,
  comments: readonly CommentState[],
): Record<string, string> {
  if (!pull.isOpen) throw refuse("Suggestions cannot be applied while the pull request is closed.");
  const head = headOf(repository, pull);
  const base = mergeBaseOf(repository, baseOf(repository, pull), head);
  const files: Record<string, string> = {};
  const taken = new Set<string>();
  for (const comment of [...comments].sort((a, b) => (b.line ?? 0) - (a.line ?? 0))) {
    const { path, line, startLine } = comment;
    if (line === null) throw refuse("Outdated suggestions cannot be applied.");
    if (comment.thread.isResolved) throw refuse("This suggestion has been applied or marked resolved.");
    const first = startLine ?? line;
    const replacement = suggestionIn(comment.body);
    if (replacement === null) throw refuse("There is no suggestion in this comment.");
    for (let one = first; one <= line; one++) {
      if (taken.has(`${path}:${one}`))
        throw refuse("Only one suggestion per line can be applied in a batch.");
      taken.add(`${path}:${one}`);
    }
    const patch = changedFiles(repository, base, head).find(({ filename }) => filename === path)?.patch ?? "";
    const hunk = hunksOf(patch).find(({ right }) => right.includes(line));
    const from = hunk?.rows.findIndex(({ right }) => right === first) ?? -1;
    const to = hunk?.rows.findIndex(({ right }) => right === line) ?? -1;
    if (hunk?.rows.slice(from, to + 1).some(({ kind }) => kind === "-")) {
      throw refuse("Applying suggestions on deleted lines is not supported.");
    }
    files[path] = replaceLines(
      files[path] ?? repository.git.run("show", `${head}:${path}`).toString("utf8"),
      first,
      line,
      replacement,
    );
  }
  return files;
}

/** The content of the first suggestion block, with the fence's length honoured; null without one. */
export function suggestionIn(body: string): string[] | null {
  const lines = body.split("\n");
  for (const [at, line] of lines.entries()) {
    const fence = /^ {0,3}(`{3,}|~{3,})suggestion\s*$/.exec(line)?.[1];
    if (fence === undefined) continue;
    const closing = new RegExp(`^ {0,3}${fence[0]}{${fence.length},}\\s*$`);
    const end = lines.findIndex((one, index) => index > at && closing.test(one));
    return end === -1 ? null : lines.slice(at + 1, end);
  }
  return null;
}

/** Whole lines; each keeps the line end of the file. */
function replaceLines(content: string, first: number, last: number, replacement: readonly string[]): string {
  const newline = content.includes("\r\n") ? "\r\n" : "\n";
  const lines = content.split("\n").map((line) => line.replace(/\r$/, ""));
  const result = [...lines.slice(0, first - 1), ...replacement, ...lines.slice(last)].join(newline);
  if (result === content)
    throw refuse("Suggestions cannot be applied because no changes were made to the code.");
  return result;
}

function refuse(message: string): Refusal {
  return new Refusal(422, message);
}
