/** A line for the check run where GitHub's list of changed files is full, so that further ones may be missing. */
export function unlistedNotes(isFull: boolean, listed: number): string[] {
  if (!isFull) return [];
  const count = listed.toLocaleString("en-US");
  return [
    `GitHub lists no more than ${count} changed files here; if there are others, they were not looked at.`,
  ];
}
