import { expect, test } from "vitest";
import { startGitHub } from "../github/start-github.ts";
import { checksSettled } from "./checks-settled.ts";
import { CLEAN, DEFECTIVE } from "./sample.ts";
import { startYieldsign } from "./start-yieldsign.ts";

test.each([301, 3_000])("a pull request of %d files is reviewed, the last one too", async (count) => {
  const github = await startGitHub();
  const yieldsign = await startYieldsign(github);
  try {
    const repository = github.createRepository({ owner: "acme", name: "shop", files: CLEAN });
    const texts = Object.fromEntries(
      Array.from({ length: count - 1 }, (_, index) => [
        `notes/${String(index).padStart(4, "0")}.txt`,
        `${index}\n`,
      ]),
    );
    const files = { ...texts, "zz/api.py": DEFECTIVE };
    repository.git.commit("feature", files, "Many", repository.git.head("main"));
    const number = await github.openPullRequest(repository, { head: "feature", base: "main", title: "Many" });
    await checksSettled(github, repository, "feature");
    expect(github.comments(repository, number).map(({ path, line }) => [path, line])).toEqual([
      ["zz/api.py", 5],
      ["zz/api.py", 6],
    ]);
    const pages = github.requests.filter(({ operationId }) => operationId === "pulls/list-files");
    expect(pages.length).toBe(Math.ceil(count / 100));
    expect(github.violations).toEqual([]);
  } finally {
    await yieldsign.stop();
    await github.stop();
  }
});
