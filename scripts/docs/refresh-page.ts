import type { Analyser } from "../../src/analysis/analyser.ts";
import type { Rule } from "../../src/rules/rule.ts";
import { checkExample } from "./check-example.ts";
import { levelLine } from "./level.ts";
import { reportText } from "./report-text.ts";

/** A code block of Python, and the output behind it where there is one already. */
const EXAMPLE = /^```python\n([\s\S]*?)\n```\n(?:\n```text\n[\s\S]*?\n```\n)?/gm;

/** The line of a head that says the level. */
const LEVEL = /^\w+ · (?:on|off) by default$/;

/**
 * The page of a rule with its two generated parts brought up to date: the head (name, level and summary, from the
 * data sheet) and the output below each wrong example. All other text is left as it is.
 * @throws Error when something else stands in the head, which would be lost.
 */
export function refreshPage(analyser: Analyser, rule: Rule, page: string): string {
  const start = page.indexOf("\n## ");
  if (start === -1) throw new Error(`docs/rules/${rule.name}.md has no sections`);
  const foreign = paragraphsOf(page.slice(0, start)).filter((one) => !LEVEL.test(one))[2];
  if (foreign !== undefined)
    throw new Error(
      `docs/rules/${rule.name}.md: move “${foreign}” below “What it does”; the head is generated`,
    );
  const body = page
    .slice(start)
    .replace(/(?<=\n## Wrong\n)[\s\S]*?(?=\n## |$)/, (wrong) =>
      wrong.replace(
        EXAMPLE,
        (_, code: string) => `\`\`\`python\n${code}\n\`\`\`\n${outputOf(analyser, rule, code)}`,
      ),
    );
  return `# ${rule.name} (${rule.code})\n\n${levelLine(rule)}\n\n${rule.summary}\n${body}`;
}

function outputOf(analyser: Analyser, rule: Rule, code: string): string {
  const report = checkExample(analyser, rule, code);
  return report.diagnostics.length === 0 ? "" : `\n\`\`\`text\n${reportText([report])}\n\`\`\`\n`;
}

function paragraphsOf(text: string): string[] {
  return text.trim().split(/\n{2,}/);
}
