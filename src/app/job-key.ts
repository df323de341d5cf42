/**
 * Keys of jobs within a repository. They also are the `external_id` of check runs, so that a button on the page leads
 * back to what the run is about.
 */
export const jobKey = {
  pull: (number: number): string => `pull/${number}`,
  push: (branch: string | null, headSha: string): string => `push/${branch ?? headSha}`,
  mergeGroup: (headSha: string): string => `merge-group/${headSha}`,
};

/** The number of the pull request that a key is about, or null. */
export function pullOfKey(key: string): number | null {
  const [, number] = /^pull\/(\d+)$/.exec(key) ?? [];
  return number === undefined ? null : Number(number);
}
