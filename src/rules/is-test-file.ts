/** True for files that pytest or unittest would collect, for their helpers and fixtures. */
export function isTestFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return /^(test_.*|.*_tests?|tests?|conftest)\.py$/.test(name) || /(^|\/)(tests?|testing)\//.test(path);
}
