import { RULES } from "../rules/index.ts";
import { nearest } from "../rules/nearest.ts";
import { DEFAULT_RULES } from "../rules/run-rules.ts";
import { UsageError } from "./usage-error.ts";

/** Codes of the rules that `--select` (by default those that are on by default) and `--ignore` leave. @throws UsageError for a word that names no rule. */
export function selectRules(select: string | undefined, ignore: string | undefined): Set<string> {
  const selected = select === undefined ? new Set(DEFAULT_RULES) : codesOf(select);
  for (const code of ignore === undefined ? [] : codesOf(ignore)) selected.delete(code);
  return selected;
}

function codesOf(list: string): Set<string> {
  const codes = new Set<string>();
  for (const word of list
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")) {
    const matching = RULES.filter(
      ({ name, code }) =>
        word === "ALL" || name === word || (/^YS\d*$/i.test(word) && code.startsWith(word.toUpperCase())),
    );
    if (matching.length === 0) throw unknownRule(word);
    for (const { code } of matching) codes.add(code);
  }
  return codes;
}

export function unknownRule(word: string): UsageError {
  const close = nearest(
    word,
    RULES.flatMap(({ name, code }) => [name, code]),
  );
  return new UsageError(`there is no rule ${word}${close === null ? "" : `; did you mean ${close}?`}`);
}
