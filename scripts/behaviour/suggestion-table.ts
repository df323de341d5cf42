/** What test/suggestions/every-suggestion.json holds. */
export interface SuggestionCounts {
  readonly total: SuggestionCount;
  readonly rules: Readonly<Record<string, SuggestionCount>>;
}

interface SuggestionCount {
  readonly suggestions: number;
  readonly applied: number;
  readonly fixed: number;
}

/** The counts as a table in Markdown: a row a rule, the sum first. A suggestion for two rules counts for both. */
export function suggestionTable({ total, rules }: SuggestionCounts): string {
  const row = (name: string, { suggestions, applied, fixed }: SuggestionCount): string =>
    `| ${name} | ${suggestions} | ${applied} | ${fixed} |`;
  return [
    "| Rule | Suggestions | Applied | Fixed |",
    "| --- | ---: | ---: | ---: |",
    row("all", total),
    ...Object.entries(rules).map(([code, count]) => row(code, count)),
  ].join("\n");
}
