import { expect, test } from "vitest";
import { indexPage } from "../../scripts/docs/index-page.ts";
import { levelCell, levelLine } from "../../scripts/docs/level.ts";
import { refreshPage } from "../../scripts/docs/refresh-page.ts";
import { gradesOf, repairsOf } from "../../scripts/docs/repairs.ts";
import { titlesOf } from "../../scripts/docs/sections.ts";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { missingAwait } from "../../src/rules/missing-await.ts";

const analyser = await createAnalyser();
const HEAD =
  "# missing-await (YS106)\n\nerror · on by default\n\nA coroutine is created and never awaited.\n";
const CODE = "```python\nasync def save():\n    pass\n\n\nasync def main():\n    save()\n```\n";
const OUTPUT = `
\`\`\`text
YS106 missing-await: \`save()\` is a coroutine that nobody awaits.
 --> example.py:6:5
5 | async def main():
6 |     save()
  |     ^^^^^^
  = why: Its body never runs: Python only warns \`coroutine … was never awaited\`, if anything.
  = help: Put \`await\` in front of the call.
  = note: example.py:1: \`save\` is a coroutine function: \`async def\` without \`yield\`
  = repair: Insert \`await\`
    @@ -6,1 +6,1 @@
    -    save()
    +    await save()
\`\`\`
`;

function page(head: string, wrong: string): string {
  return `${head}\n## What it does\n\nText: $& $1.\n\n## Wrong\n\n${wrong}\n## Right\n\n${CODE}`;
}

function refreshed(head: string, wrong: string): string {
  return refreshPage(analyser, missingAwait, page(head, wrong));
}

test("a page gets its head, and the output below the wrong example", () => {
  const whole = page(HEAD, CODE + OUTPUT);
  expect(refreshed("# name\n", CODE)).toBe(whole);
  expect(refreshed("# name\n\nSummary.\n", CODE)).toBe(whole);
  expect(refreshed("# missing-await\n\ninfo · off by default\n\nOld summary.\n", CODE)).toBe(whole);
});

test("an output that is no longer true is replaced, text around it stays", () => {
  expect(refreshed(HEAD, `${CODE}\n\`\`\`text\nYS100 old\n\`\`\`\n`)).toBe(page(HEAD, CODE + OUTPUT));
  expect(refreshed(HEAD, `One:\n\n${CODE}\nOr:\n\n${CODE}\n\`\`\`text\nold\n\`\`\`\n\nMore.\n`)).toBe(
    page(HEAD, `One:\n\n${CODE}${OUTPUT}\nOr:\n\n${CODE}${OUTPUT}\nMore.\n`),
  );
  const right = CODE.replace("    save()\n", "    await save()\n");
  expect(refreshed(HEAD, `${right}\n\`\`\`text\nold\n\`\`\`\n`)).toBe(page(HEAD, right));
});

test("a page that is up to date stays as it is", () => {
  expect(refreshPage(analyser, missingAwait, page(HEAD, CODE + OUTPUT))).toBe(page(HEAD, CODE + OUTPUT));
});

test("text that somebody wrote into the head is not lost", () => {
  expect(() => refreshed(`${HEAD}\nBy hand.\n`, CODE)).toThrow("move “By hand.” below “What it does”");
  expect(() => refreshed("# name\n\nSummary.\n\nBy hand.\n", CODE)).toThrow("move “By hand.”");
  expect(() => refreshPage(analyser, missingAwait, "# name\n")).toThrow("has no sections");
});

test("the index has a table a family with level and repairs", () => {
  const quiet = {
    ...missingAwait,
    name: "quiet",
    code: "YS601",
    isOnByDefault: false,
    severity: "info",
  } as const;
  const repair = "# name\n\n## Repair\n\n- **One click:** a.\n- **To be checked:** b.\n";
  const index = indexPage([missingAwait, quiet], ({ name }) => (name === "quiet" ? "# quiet\n" : repair));
  const columns = "| Code | Rule | What it finds | Level | Repair |\n| --- | --- | --- | --- | --- |\n";
  expect(index).toContain(
    `## Consumption\n\n${columns}| YS106 | [missing-await](missing-await.md) | ${missingAwait.summary} | error | one click, to be checked |\n\n` +
      `## Style\n\n${columns}| YS601 | [quiet](quiet.md) | ${missingAwait.summary} | info, off by default | text only |\n`,
  );
  expect(levelLine(quiet)).toBe("info · off by default");
  expect(levelCell(missingAwait)).toBe("error");
});

test("a page says which grades of repair there are, and has titles outside of its code only", () => {
  const text =
    "# name\n\n```python\n## no title\n```\n\n## Repair\n\n- **To be checked:** a **One click:**less b\n";
  expect(titlesOf(text)).toEqual(["Repair"]);
  expect(repairsOf("# name\n\n## Repair\n\n- **To be checked:** a.\n")).toEqual(["to be checked"]);
  expect(gradesOf("# name\n\n## Repair\n\n- **Text only:** a.\n")).toEqual([]);
});
