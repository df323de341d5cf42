import type { RuleName } from "./find-rule.ts";
import { formatIgnored } from "./ignored.ts";
import { codeSpan, cut, escapeMarkdown } from "./markdown.ts";
import { shortSha } from "./short-sha.ts";

/** Longest answer, in UTF-16 units: GitHub's limit for a comment, with room for hidden lines (GITHUB.md §2). */
const MAX_ANSWER = 64_000;
/** Most lines of one list in an answer. */
const MAX_LINES = 20;

/** Why nothing was done. */
export type Refusal =
  | "no write access"
  | "no access"
  | "closed"
  | "fork"
  | "own head"
  | "not granted"
  | "nothing to repair"
  | "head moves"
  | "not in a thread"
  | "failed";

const REFUSALS: Readonly<Record<Refusal, string>> = {
  "no write access": "Nothing was done: this needs write access to the repository.",
  "no access": "Nothing was done: this needs read access to the repository.",
  closed: "Nothing was done: the pull request is closed.",
  fork: "Nothing was committed: a GitHub App cannot push to a fork. The suggestions on the lines can be committed from the page.",
  "own head":
    "Nothing was committed: the last commit is Yieldsign's own, and it puts no second one on top of it. Suggestions on the lines can still be committed from the page.",
  "not granted":
    "Nothing was committed: this installation does not permit it (`contents: write`). The suggestions on the lines can be committed from the page.",
  "nothing to repair": "Nothing was committed: there is no repair that can be applied without a decision.",
  "head moves":
    "Nothing was committed: the branch moved while the repairs were made. Ask again when no push is under way.",
  "not in a thread":
    "Nothing was recorded: write `/yieldsign false-positive` as a reply to the comment that it is about.",
  failed: "This could not be done: GitHub or Yieldsign had a problem. Ask again later.",
};

/** The sentences that say why nothing was done. */
export function refusalText(refusal: Refusal): string {
  return REFUSALS[refusal];
}

/** The list of commands. */
export function helpText(): string {
  return [
    "A command stands at the start of a line:",
    [
      "- `/yieldsign review` looks at the pull request again.",
      "- `/yieldsign apply` commits all repairs that need no decision.",
      "- `/yieldsign ignore RULE reason` ignores a rule on this pull request.",
      "- `/yieldsign explain RULE` says what a rule finds, and why.",
      "- `/yieldsign config` shows the configuration and where each key comes from.",
      "- `/yieldsign false-positive reason`, as a reply to a comment on a line, says that the comment is wrong.",
    ].join("\n"),
    "`review`, `apply` and `ignore` need write access; the author of a pull request may ask for a review.",
  ].join("\n\n");
}

/** Says that there is no such command. */
export function unknownCommandText(word: string, nearest: string | null): string {
  const hint = nearest === null ? "" : ` Did you mean \`/yieldsign ${nearest}\`?`;
  return `There is no command ${codeSpan(word)}.${hint} \`/yieldsign help\` lists the commands.`;
}

/** Says that there is no such rule; an empty word, that one has to be named. */
export function unknownRuleText(word: string, nearest: string | null): string {
  if (word === "") return "Name the rule, by its name or its code: `missing-await` or `YS106`.";
  const hint = nearest === null ? "" : ` Did you mean \`${nearest}\`?`;
  return `There is no rule ${codeSpan(word)}.${hint}`;
}

/**
 * What a rule finds, why, and an example.
 * @param page The rule's page in `docs/rules`.
 * @param link The address of that page.
 */
export function explainText(rule: RuleName, page: string, link: string): string {
  const parts = [`**${rule.code} ${rule.name}**: ${rule.summary}`];
  for (const heading of ["What it does", "Why it matters"]) {
    const text = sectionOf(page, heading);
    if (text !== "") parts.push(text);
  }
  for (const heading of ["Wrong", "Right"]) {
    const [example] = /^```python\n[\s\S]*?\n```$/m.exec(sectionOf(page, heading)) ?? [];
    if (example !== undefined) parts.push(`${heading}:`, example);
  }
  const more = `\n\n[More about ${rule.name}](${link})`;
  return cut(parts.join("\n\n"), MAX_ANSWER - more.length, "\n\n…") + more;
}

function sectionOf(page: string, heading: string): string {
  const [, text = ""] = page.split(`\n## ${heading}\n`);
  return (text.split(/^## /m)[0] ?? "").trim();
}

/** One key of the effective configuration, as text. */
export interface ConfigurationRow {
  readonly key: string;
  readonly value: string;
  /** The file and line that set it, or "default". */
  readonly origin: string;
}

/** The configuration that reviews follow, with where each key comes from, and what is wrong in its files (Markdown). */
export function configurationText(rows: readonly ConfigurationRow[], problems: readonly string[]): string {
  const lines = rows.map(
    ({ key, value, origin }) => `- ${codeSpan(key)}: ${codeSpan(value)} (${escapeMarkdown(origin)})`,
  );
  const parts = [`This pull request is reviewed with:\n\n${lines.join("\n")}`, ...problems];
  return cut(parts.join("\n\n"), MAX_ANSWER, "\n…");
}

/** Says that a rule is ignored from now on, with the hidden line that reviews read. */
export function ignoredText(rule: RuleName, login: string, reason: string): string {
  const marker = formatIgnored({ code: rule.code, login, reason });
  return `${rule.code} ${rule.name} is ignored on this pull request from now on.\n\n${marker}`;
}

/** What a commit of repairs did. */
export interface AppliedRepairs {
  readonly sha: string;
  /** Number of findings that are gone. */
  readonly repaired: number;
  /** Why files were left as they are, by path, as the end of a sentence. */
  readonly obstacles: ReadonlyMap<string, string>;
  /** Repairs that would have led to other mistakes. */
  readonly leftOut: number;
}

/** Says what was committed and what was not. */
export function appliedText({ sha, repaired, obstacles, leftOut }: AppliedRepairs): string {
  const parts = [`Applied ${countOf(repaired, "repair")} in ${shortSha(sha)}.`];
  if (leftOut > 0)
    parts.push(`Left out, as they would lead to other mistakes: ${countOf(leftOut, "repair")}.`);
  return [...parts, ...obstacleParts(obstacles)].join("\n\n");
}

/** Says that nothing was committed because no file could be written. */
export function obstructedText(obstacles: ReadonlyMap<string, string>): string {
  return ["Nothing was committed.", ...obstacleParts(obstacles)].join("\n\n");
}

/** Says that GitHub refused the commit, in its words. */
export function refusedCommitText(words: string): string {
  return `Nothing was committed: GitHub refused the commit with ${codeSpan(words.slice(0, 300))}.`;
}

function obstacleParts(obstacles: ReadonlyMap<string, string>): string[] {
  if (obstacles.size === 0) return [];
  const lines = [...obstacles].map(([path, reason]) => `- ${codeSpan(path)}: ${reason}`);
  const shown = lines.slice(0, MAX_LINES);
  if (shown.length < lines.length) shown.push(`- ${lines.length - shown.length} more`);
  return [`Files that were left as they are:\n\n${shown.join("\n")}`];
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
