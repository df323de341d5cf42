import pc from "picocolors";
import type { GitHub } from "../test/github/start-github.ts";
import type { RepositoryState } from "../test/github/state.ts";
import { suggestionIn } from "../test/github/suggestions.ts";

/** The review in a terminal: each comment with its lines of the file and what the suggestion makes of them. */
export function printReview(
  github: GitHub,
  repository: RepositoryState,
  number: number,
  head: string,
): string {
  const blocks = github.comments(repository, number).map(({ path, line, startLine, body }) => {
    const last = line ?? 0;
    const first = startLine ?? last;
    const source = repository.git
      .run("show", `${head}:${path}`)
      .toString("utf8")
      .split("\n")
      .slice(first - 1, last);
    const [headline = ""] = body.split("\n");
    const rule = /\[(YS\d+ [\w-]+)\]/.exec(body)?.[1] ?? "";
    const problem = /^\*\*(.*?)\*\*/.exec(headline)?.[1] ?? headline;
    const suggestion = suggestionIn(body);
    const removed = source.map((one) => pc.red(`    - ${one}`));
    const added = (suggestion ?? []).map((one) => pc.green(`    + ${one}`));
    const caution = body.split("\n").find((one) => one.startsWith("**Check before committing.**"));
    return [
      `  ${pc.blue(`${path}:${first === last ? last : `${first}-${last}`}`)}  ${pc.yellow(rule)}`,
      `  ${problem.replace(/&#\d+;|\\/g, "")}`,
      ...(suggestion === null ? source.map((one) => `      ${one}`) : [...removed, ...added]),
      ...(caution === undefined ? [] : [`  ${pc.dim(caution.replaceAll("**", ""))}`]),
      "",
    ].join("\n");
  });
  const [check] = github.checkRuns(repository, head);
  return `${blocks.join("\n")}\n  Check run: ${check?.title} (${check?.conclusion})\n`;
}
