const TEST_FILE = /(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py$|(?:^|\/)tests?\//;

/**
 * Files that the analysis of changed files often asks for, so that they come with the first batch: the packages'
 * `__init__.py` on the way to them and, for tests, every `conftest.py` on the way. Nearest first.
 */
export function prefetchPaths(changed: readonly string[]): string[] {
  const paths = new Set<string>();
  for (const path of changed) {
    const isTest = TEST_FILE.test(path);
    const parts = path.split("/").slice(0, -1);
    for (let depth = parts.length; depth >= 0; depth--) {
      const folder = parts
        .slice(0, depth)
        .map((part) => `${part}/`)
        .join("");
      if (depth > 0) paths.add(`${folder}__init__.py`);
      if (isTest) paths.add(`${folder}conftest.py`);
    }
  }
  return [...paths];
}
