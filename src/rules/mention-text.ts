/** The first name of the dotted chain in front of an attribute (`a` of `a.b.name`), by the text; null for other objects. */
export function rootOf(text: string, attributeStart: number): string | null {
  const before = text.slice(Math.max(0, attributeStart - 200), attributeStart);
  const match = /(^|[^\w.)\]}"'])([A-Za-z_]\w*)(\.\w+)*\.$/.exec(before);
  return match?.[2] ?? null;
}

/** True on a line that is nothing but a comment (in a string it would be no mention either). */
export function isInComment(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 300), start);
  const lineStart = before.lastIndexOf("\n");
  return lineStart !== -1 && /^\s*#/.test(before.slice(lineStart + 1));
}

/** True for a name in the list of `from … import …` that is not renamed there. */
export function isImportedName(text: string, start: number, end: number): boolean {
  if (/^\s+as\b/.test(text.slice(end, end + 40))) return false;
  const near = text.slice(Math.max(0, start - 2000), start);
  const before = near.slice(Math.max(0, near.lastIndexOf("from ")));
  return /^from [\w. ]+ import [\w, \t]*$/.test(before) || /^from [\w. ]+ import ?\([^)]*$/.test(before);
}
