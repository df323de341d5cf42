/** A rule that is to be made. */
export interface NewRule {
  /** Kebab-case: "await-async-generator". */
  readonly name: string;
  readonly code: string;
}

/** The name of the rule's constant: "awaitAsyncGenerator". */
export function identifierOf({ name }: NewRule): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The files of a new rule by their paths in the repository. Each says TODO where something is to be written. */
export function filesOf(rule: NewRule): Map<string, string> {
  const fixtures = `fixtures/rules/${rule.name}`;
  return new Map([
    [`src/rules/${rule.name}.ts`, implementation(rule)],
    [`docs/rules/${rule.name}.md`, page(rule)],
    [`${fixtures}/defective.py`, defective(rule, "wrong")],
    [`${fixtures}/defective.fixed.py`, defective(rule, "right")],
    [
      `${fixtures}/correct.py`,
      "# TODO: code that comes close to the mistake and is right, every case of it.\n",
    ],
  ]);
}

function implementation(rule: NewRule): string {
  return `import type { Rule } from "./rule.ts";

/** TODO: the code that is wrong. */
export const ${identifierOf(rule)}: Rule = {
  name: "${rule.name}",
  code: "${rule.code}",
  severity: "error",
  isOnByDefault: true,
  summary: "TODO: one sentence that says what the rule finds.",
  family: "other",
  check() {
    return [];
  },
};
`;
}

function page(rule: NewRule): string {
  return `# ${rule.name} (${rule.code})

## What it does

TODO: what is reported, in every form that the rule knows.

## Why it matters

TODO: what Python does at run time, with the words of its error or warning.

## Wrong

\`\`\`python
# TODO: a short example that stands alone and is reported once
\`\`\`

## Right

\`\`\`python
# TODO: the same example, repaired
\`\`\`

## Repair

TODO: keep the lines that fit.

- **One click:** what is changed, when it is the only sensible repair.
- **To be checked:** what is changed, and what else changes with it.
- **Text only:** when nothing is offered.

## When it stays silent

- TODO: correct code that looks like the mistake, as in \`correct.py\`.

## Related rules of other tools

TODO: their names and codes, and what they do otherwise; the same goes into \`docs/coming-from.md\`.
`;
}

function defective({ code }: NewRule, call: string): string {
  return `# TODO: every form of the mistake; a comment says the code and the grade of the repair: A, B or none.
async def main():
    ${call}()  # ${code}: A
`;
}
