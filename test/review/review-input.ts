import type { Analyser } from "../../src/analysis/analyser.ts";
import { diffTexts } from "../../src/diff/diff-texts.ts";
import type { ReviewedFile, ReviewInput } from "../../src/review/plan-review.ts";
import { DEFAULT_RULES } from "../../src/rules/run-rules.ts";
import { checkTexts } from "../rules/check-text.ts";

export const LINKS = {
  rulePage: (rule: string) => `https://rules/${rule}`,
  source: (path: string, line: number) => `https://code/${path}#L${line}`,
};

/** A review of files as they are, on a pull request that shows nothing yet. */
export function reviewInput(files: readonly ReviewedFile[], more: Partial<ReviewInput> = {}): ReviewInput {
  return {
    headSha: "abcdef0123456789",
    files,
    threads: [],
    summary: null,
    ignored: [],
    leftOut: [],
    isOn: (code) => DEFAULT_RULES.has(code),
    skipped: [],
    notes: [],
    isIncomplete: false,
    failOn: "never",
    actions: [],
    links: LINKS,
    maxComments: 10,
    ...more,
  };
}

/** Files of a change, each checked with the others of its side; a text that is null is not there. */
export function reviewedFiles(
  analyser: Analyser,
  texts: Readonly<Record<string, { readonly base: string | null; readonly head: string }>>,
): ReviewedFile[] {
  const side = (name: "base" | "head") =>
    new Map(
      Object.entries(texts).flatMap(([path, one]): [string, string][] => {
        const text = one[name];
        return text === null ? [] : [[path, text]];
      }),
    );
  const heads = checkTexts(analyser, side("head"));
  const bases = checkTexts(analyser, side("base"));
  return heads.map((head) => ({
    path: head.path,
    head,
    base: bases.find(({ path }) => path === head.path) ?? null,
    hunks: diffTexts(texts[head.path]?.base ?? "", texts[head.path]?.head ?? ""),
  }));
}
