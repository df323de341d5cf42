/** What a repository's settings say about asynchronous tests; null in `ProjectSource` where they are not at hand. */
export interface TestSettings {
  /**
   * Asynchronous tests and fixtures run only where something marks them (`@pytest.mark.asyncio`,
   * `@pytest_asyncio.fixture`): pytest-asyncio is used, not in its automatic mode, and no other plugin is named.
   */
  readonly needsMarks: boolean;
  /** Folders in which the settings look for tests; empty when they say nothing. */
  readonly testPaths: readonly string[];
}
