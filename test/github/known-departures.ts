/**
 * Whether a problem with the description is GitHub's own: the head of a pull request has no repository once
 * the fork is deleted, and the description of pull requests does not say so.
 */
export function isKnownDeparture(problem: string): boolean {
  return /\/head\/repo must be object\b/.test(problem);
}
