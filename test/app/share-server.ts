import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { type GitHub, startGitHub } from "../github/start-github.ts";
import { startYieldsign } from "./start-yieldsign.ts";

/**
 * One stand-in and one real server for all tests of a file, which take a repository each (`newShop`). After each test
 * no request and no answer may have departed from GitHub's description.
 */
export function shareServer(begin: (github: GitHub) => void): void {
  let github: GitHub;
  let yieldsign: { stop(): Promise<void> };
  beforeAll(async () => {
    github = await startGitHub();
    yieldsign = await startYieldsign(github);
    begin(github);
  });
  afterEach(() => expect(github.violations).toEqual([]));
  afterAll(async () => {
    await yieldsign.stop();
    await github.stop();
  });
}
