/** The sections of every rule's page, in this order. */
export const SECTIONS: readonly string[] = [
  "What it does",
  "Why it matters",
  "Wrong",
  "Right",
  "Repair",
  "When it stays silent",
  "Related rules of other tools",
];

/** Titles of the sections that a page has, in its order; what stands in code blocks is no title. */
export function titlesOf(page: string): string[] {
  const prose = page.replace(/^```[\s\S]*?^```$/gm, "");
  return [...prose.matchAll(/^## (.*)$/gm)].map((match) => match[1] ?? "");
}

/** The text of a section without its title; empty when the page has no such section. */
export function sectionOf(page: string, title: string): string {
  return page.split(`\n## ${title}\n`)[1]?.split("\n## ")[0]?.trim() ?? "";
}

/** The Python code blocks of a section. */
export function examplesOf(page: string, title: string): string[] {
  return [...sectionOf(page, title).matchAll(/^```python\n([\s\S]*?)\n```$/gm)].map(
    (match) => match[1] ?? "",
  );
}
