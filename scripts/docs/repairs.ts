import { sectionOf } from "./sections.ts";

/** What a page says about the repairs of its rule, by their grade. */
const GRADES: Readonly<Record<string, "A" | "B">> = { "One click": "A", "To be checked": "B" };

/** The kinds of repair that a rule's page names, as readers see them: "one click", "to be checked". */
export function repairsOf(page: string): string[] {
  return namedIn(page).map((words) => words.toLowerCase());
}

/** The grades of these repairs. */
export function gradesOf(page: string): ("A" | "B")[] {
  return namedIn(page).flatMap((words) => GRADES[words] ?? []);
}

function namedIn(page: string): string[] {
  const section = sectionOf(page, "Repair");
  return Object.keys(GRADES).filter((words) => section.includes(`**${words}:**`));
}
