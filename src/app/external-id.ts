/** One check run for one head commit, whether a push or a pull request asks for it. */
export function externalId(headSha: string): string {
  return `yieldsign:${headSha}`;
}
