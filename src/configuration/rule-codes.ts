import { RULES } from "../rules/index.ts";

/** Codes of the rules that a word names: a rule's name, a code, the beginning of codes ("YS1"), or "ALL". */
export function ruleCodes(word: string): string[] {
  return RULES.filter(
    ({ name, code }) =>
      word === "ALL" || name === word || (/^YS\d*$/i.test(word) && code.startsWith(word.toUpperCase())),
  ).map(({ code }) => code);
}

/** How exactly a word names a rule: of two words for one rule, the more exact one counts. */
export function exactness(word: string): number {
  if (word === "ALL") return 0;
  return /^YS\d*$/i.test(word) ? word.length : Number.MAX_SAFE_INTEGER;
}
