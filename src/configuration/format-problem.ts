import type { ConfigurationProblem } from "./layer.ts";

/** A problem as one line: file, line, column, key, what is wrong, and what was probably meant. */
export function formatProblem({ file, line, column, key, message, nearest }: ConfigurationProblem): string {
  const place = `${file}:${line}:${column}`;
  const hint = nearest === null ? "" : `; did you mean \`${nearest}\`?`;
  return `${place}: ${key === "" ? "" : `\`${key}\`: `}${message}${hint}`;
}
