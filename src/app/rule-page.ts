import { readFileSync } from "node:fs";

/** The text of a rule's page, which is part of the package. */
export function rulePage(name: string): string {
  return readFileSync(new URL(`../../docs/rules/${name}.md`, import.meta.url), "utf8");
}
