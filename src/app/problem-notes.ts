import { formatProblem } from "../configuration/format-problem.ts";
import type { ConfigurationProblem } from "../configuration/layer.ts";
import { prose } from "../review/markdown.ts";

/** Most problems that a check run names. */
const MAX_PROBLEMS = 20;

/** What is wrong in the configuration, as one note of a check run; the defaults apply meanwhile. */
export function problemNotes(problems: readonly ConfigurationProblem[]): string[] {
  if (problems.length === 0) return [];
  const rows = problems.slice(0, MAX_PROBLEMS).map((problem) => `- ${prose(formatProblem(problem))}`);
  const more = problems.length > MAX_PROBLEMS ? [`- … and ${problems.length - MAX_PROBLEMS} more`] : [];
  return [
    `**The configuration cannot be followed, so the defaults apply:**\n\n${[...rows, ...more].join("\n")}`,
  ];
}
