import { readFileSync } from "node:fs";
import MarkdownIt from "markdown-it";
import { describe, expect, test } from "vitest";
import { readAnswered, withAnswerMarker } from "../../src/review/answer-marker.ts";
import { offeredActions } from "../../src/review/apply-action.ts";
import {
  appliedText,
  configurationText,
  explainText,
  helpText,
  ignoredText,
  obstructedText,
  refusalText,
  refusedCommitText,
  unknownCommandText,
  unknownRuleText,
} from "../../src/review/command-answers.ts";
import { commitMessage } from "../../src/review/commit-message.ts";
import { findRule, type RuleName } from "../../src/review/find-rule.ts";
import { readIgnored } from "../../src/review/ignored.ts";
import { RULES } from "../../src/rules/index.ts";

const HOSTILE = "@octocat #1 `x` <img src=x> [a](https://evil) | */ --> ![x](y) www.evil.example";

function rule(word: string): RuleName {
  const found = findRule(word);
  if ("nearest" in found) throw new Error(`no rule ${word}`);
  return found;
}

test("answers show hostile words as they are, without mentions, links or HTML", () => {
  const answers = [
    unknownCommandText(HOSTILE, null),
    unknownRuleText(HOSTILE, null),
    configurationText([{ key: HOSTILE, value: HOSTILE, origin: HOSTILE }], []),
    ignoredText(rule("YS106"), "octocat", HOSTILE),
    appliedText({ sha: "a".repeat(40), repaired: 1, obstacles: new Map([[HOSTILE, "why"]]), leftOut: 0 }),
    obstructedText(new Map([[HOSTILE, "why"]])),
    refusedCommitText(HOSTILE),
  ];
  for (const answer of answers) {
    const html = new MarkdownIt({ html: true, linkify: true }).render(answer);
    expect(html).not.toMatch(/<(?:a|img)\b/);
    // markdown-it undoes entities; GitHub looks for mentions in what is no code of the source.
    expect(answer.replace(/(`+)[^\n]*?\1/g, "")).not.toMatch(/@|(?<!&)#\d/);
  }
});

test("an ignored rule is read back from the answer with its reason", () => {
  const answer = withAnswerMarker(ignoredText(rule("missing-await"), "octo-cat", HOSTILE), 7);
  expect(answer).toMatch(/^YS106 missing-await is ignored on this pull request from now on\.\n/);
  expect(readIgnored(answer)).toEqual([{ code: "YS106", login: "octo-cat", reason: HOSTILE }]);
  expect(readAnswered(answer.replaceAll("\n", "\r\n"))).toEqual([7]);
  expect(readAnswered("> <!-- yieldsign:answer 7 -->")).toEqual([]);
});

test("rules are found by name and code, in any case, and the nearest is named", () => {
  expect(rule("ys106").name).toBe("missing-await");
  expect(rule("Missing-Await").code).toBe("YS106");
  expect(findRule("mising-await")).toEqual({ nearest: "missing-await" });
  expect(findRule("cats")).toEqual({ nearest: null });
  expect(unknownRuleText("", null)).toBe(
    "Name the rule, by its name or its code: `missing-await` or `YS106`.",
  );
});

describe("an explanation", () => {
  test.each(RULES.map(({ name }) => name))("of %s has what, why, a wrong and a right example", (name) => {
    const page = readFileSync(new URL(`../../docs/rules/${name}.md`, import.meta.url), "utf8");
    const text = explainText(rule(name), page, `https://docs/${name}`);
    expect(text).toMatch(/^\*\*YS\d{3} [\w-]+\*\*: .+\n\n.+\n\n.+/);
    expect(text).toContain("\n\nWrong:\n\n```python\n");
    expect(text).toContain("\n\nRight:\n\n```python\n");
    expect(text).not.toContain("\n## ");
    expect(text.endsWith(`[More about ${name}](https://docs/${name})`)).toBe(true);
  });
});

test("what was applied and what was not is said in full sentences", () => {
  expect(
    appliedText({
      sha: "abcdef0123",
      repaired: 2,
      obstacles: new Map([["run.py", "it is executable"]]),
      leftOut: 1,
    }),
  ).toBe(
    "Applied 2 repairs in abcdef0.\n\nLeft out, as they would lead to other mistakes: 1 repair.\n\n" +
      "Files that were left as they are:\n\n- `run.py`: it is executable",
  );
  const many = new Map(Array.from({ length: 30 }, (_, at) => [`f${at}.py`, "why"]));
  expect(obstructedText(many)).toMatch(/- `f19\.py`: why\n- 10 more$/);
  expect(helpText()).toContain("/yieldsign apply");
  expect(refusalText("fork")).toContain("cannot push to a fork");
});

test("a commit's message lists the repairs and holds nothing that GitHub acts upon", () => {
  const repair = { line: 3, code: "YS106", rule: "missing-await" };
  expect(commitMessage([{ path: "app/api.py", ...repair }])).toEqual({
    headline: "Apply 1 Yieldsign repair",
    body: "YS106 missing-await in app/api.py:3",
  });
  const { body } = commitMessage([{ path: "fixes #1 @octocat\nCo-authored-by: x.py", ...repair }]);
  expect(body).toBe("YS106 missing-await in fixes%20%231%20%40octocat%0ACo-authored-by%3A%20x.py:3");
  const long = commitMessage(Array.from({ length: 120 }, () => ({ path: "a.py", ...repair })));
  expect(long.headline).toBe("Apply 120 Yieldsign repairs");
  expect(long.body.split("\n")).toHaveLength(101);
});

test("the button is offered only where it works, within GitHub's lengths", () => {
  const works = { isFork: false, isOwnHead: false, canCommit: true };
  const [action] = offeredActions(works);
  expect(action?.label.length).toBeLessThanOrEqual(20);
  expect(action?.description.length).toBeLessThanOrEqual(40);
  expect(action?.identifier.length).toBeLessThanOrEqual(20);
  for (const one of [{ isFork: true }, { isOwnHead: true }, { canCommit: false }])
    expect(offeredActions({ ...works, ...one })).toEqual([]);
});
