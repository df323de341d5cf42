import type { Outcome } from "./scenario.ts";

/** The outcomes as a table in Markdown, a row each. */
export function behaviourTable(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ name, requests, comments, applied, result }) => {
    const total = [...requests.values()].reduce((sum, one) => sum + one, 0);
    const parts = [...requests].map(([operation, count]) =>
      count === 1 ? `\`${operation}\`` : `${count} × \`${operation}\``,
    );
    return `| ${[name, total, parts.join(", "), comments, applied, result].join(" | ")} |`;
  });
  return [
    "| Scenario | Requests | By operation | Comments | Suggestions applied | Check run |",
    "| --- | ---: | --- | ---: | ---: | --- |",
    ...rows,
  ].join("\n");
}
