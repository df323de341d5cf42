import { RULES } from "../rules/index.ts";
import { nearest } from "../rules/nearest.ts";

/** What is known of a rule without its check. */
export interface RuleName {
  readonly code: string;
  readonly name: string;
  readonly summary: string;
}

/** A rule by its name or its code, or the nearest word that is one. */
export function findRule(word: string): RuleName | { readonly nearest: string | null } {
  const wanted = word.toLowerCase();
  const rule = RULES.find(({ name, code }) => name === wanted || code.toLowerCase() === wanted);
  if (rule !== undefined) return { code: rule.code, name: rule.name, summary: rule.summary };
  return {
    nearest: nearest(
      wanted,
      RULES.flatMap(({ name, code }) => [name, code]),
    ),
  };
}
