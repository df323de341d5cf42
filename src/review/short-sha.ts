/** A commit as GitHub shows it: seven digits, which its page turns into a link. */
export function shortSha(sha: string): string {
  return sha.slice(0, 7);
}
