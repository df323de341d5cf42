import { RULES } from "../rules/index.ts";
import { nearest } from "../rules/nearest.ts";
import { UsageError } from "./usage-error.ts";

/** What is said of a word that names no rule. */
export function unknownRule(word: string): UsageError {
  const close = nearest(
    word,
    RULES.flatMap(({ name, code }) => [name, code]),
  );
  return new UsageError(`there is no rule ${word}${close === null ? "" : `; did you mean ${close}?`}`);
}
