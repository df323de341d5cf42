/** True for files that belong to a test suite by their path. */
export function isTestPath(path: string): boolean {
  return /(^|\/)tests?\//.test(path) || /(^|\/)(test_[^/]*|[^/]*_test|conftest)\.py$/.test(path);
}
