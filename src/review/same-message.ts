/**
 * Whether two texts of ours say the same to a reader. Links hold the commit and the line of the day they were
 * written and go on working, so a comment is not edited for them.
 */
export function isSameMessage(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

function plain(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replace(/<details>[\s\S]*?<\/details>/g, "")
    .replace(/\[line \d+\]\([^)]*\)/g, "")
    .replace(/\[(`+[^`]*?)(:\d+)?( ?`+)\]\([^)]*\)/g, "$1")
    .replace(/\]\([^)]*\)/g, "]")
    .replace(/\bas of [0-9a-f]{7}\b/g, "")
    .trim();
}
