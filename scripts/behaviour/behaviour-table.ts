import { listed } from "./count-operations.ts";
import type { Outcome } from "./scenario.ts";

/** The outcomes as a table in Markdown, a row each. */
export function behaviourTable(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ name, requests, comments, timeline, threads, applied, result }) => {
    const total = [...requests.values()].reduce((sum, one) => sum + one, 0);
    const parts = listed(requests, (operation) => `\`${operation}\``);
    const said = timeline === 0 ? comments : `${comments} + ${timeline}`;
    return `| ${[name, total, parts, said, threads, applied, result].join(" | ")} |`;
  });
  return [
    "| Scenario | Requests | By operation | Comments | Changes of threads | Applied | Check run |",
    "| --- | ---: | --- | ---: | --- | ---: | --- |",
    ...rows,
  ].join("\n");
}
