import { afterEach, beforeEach, expect, test } from "vitest";
import type { FileChanges } from "../github/git-store.ts";
import { type GitHub, startGitHub } from "../github/start-github.ts";
import type { RepositoryState } from "../github/state.ts";
import { checksSettled } from "./checks-settled.ts";
import { CLEAN, DEFECTIVE } from "./sample.ts";
import { startYieldsign } from "./start-yieldsign.ts";

let github: GitHub;
let yieldsign: { stop(): Promise<void> };
let repository: RepositoryState;

beforeEach(async () => {
  github = await startGitHub();
  yieldsign = await startYieldsign(github);
  repository = github.createRepository({ owner: "acme", name: "shop", files: CLEAN });
});
afterEach(async () => {
  await yieldsign.stop();
  expect(github.violations).toEqual([]);
  await github.stop();
});

async function propose(files: FileChanges): Promise<number> {
  repository.git.commit("feature", files, "Change", repository.git.head("main"));
  const number = await github.openPullRequest(repository, { head: "feature", base: "main", title: "Change" });
  await checksSettled(github, repository, "feature");
  return number;
}

const places = (number: number) =>
  github.comments(repository, number).map(({ path, line }) => `${path}:${line}`);
const run = () => github.checkRuns(repository, repository.git.head("feature") ?? "")[0];
const textOf = (path: string) => repository.git.run("show", `feature:${path}`).toString("utf8");

async function commitAll(number: number): Promise<void> {
  for (const { id } of [...github.comments(repository, number)])
    if (!github.comments(repository, number).find((one) => one.id === id)?.thread.isResolved)
      await github.commitSuggestions(repository, number, [id]);
  await checksSettled(github, repository, "feature");
}

test("a renamed file is compared with what it was: only what is new is said, at the new path", async () => {
  repository.git.commit("main", { "app/api.py": DEFECTIVE }, "Old mistakes", null);
  const number = await propose({
    "app/api.py": null,
    "app/views.py": `${DEFECTIVE}\n\nasync def more():\n    save(2)\n`,
  });
  expect(places(number)).toEqual(["app/views.py:11"]);
});

test("a deleted file is no reason to say anything", async () => {
  repository.git.commit("main", { "app/old.py": DEFECTIVE }, "Old", null);
  const number = await propose({ "app/old.py": null });
  expect(places(number)).toEqual([]);
  expect(run()).toMatchObject({ conclusion: "success" });
});

test("symlinks and submodules are not read as Python, whatever they are called", async () => {
  const number = await propose({
    "app/api.py": DEFECTIVE,
    "app/link.py": { mode: "120000", content: "api.py" },
    "app/outside.py": { mode: "120000", content: "/etc/passwd" },
    "app/vendored.py": { mode: "160000", content: "1".repeat(40) },
    "app/run.py": { mode: "100755", content: "#!/usr/bin/env python3\nprint(1)\n" },
  });
  expect(places(number)).toEqual(["app/api.py:5", "app/api.py:6"]);
  for (const path of ["app/link.py", "app/outside.py", "app/vendored.py"])
    expect(run()?.summary).toContain(`\`${path}\`: it is not a regular file`);
  expect(run()?.summary).not.toContain("run.py");
});

test("a file that becomes a symlink is no Python file any more", async () => {
  const number = await propose({
    "app/repo.py": { mode: "120000", content: "../other.py" },
    "app/api.py": "async def go():\n    return 1\n\n\nasync def main():\n    go()\n",
  });
  expect(places(number)).toEqual(["app/api.py:6"]);
});

test("binary and large files are named and do not stop the others", async () => {
  const number = await propose({
    "app/api.py": DEFECTIVE,
    "app/data.bin": new Uint8Array([0, 1, 255]),
    "app/binary.py": new Uint8Array([0, 1, 255]),
    "app/large.py": "x = 1\n".repeat(200_000),
  });
  expect(places(number)).toEqual(["app/api.py:5", "app/api.py:6"]);
  expect(run()?.summary).toContain("`app/large.py`: the file has 1.2 MB; files over 1 MB are not analysed");
  expect(run()?.summary).not.toContain("data.bin");
});

test("suggestions on a file with CRLF keep its line ends and repair it", async () => {
  const number = await propose({ "app/api.py": DEFECTIVE.replaceAll("\n", "\r\n") });
  expect(places(number)).toEqual(["app/api.py:5", "app/api.py:6"]);
  for (const { body } of github.comments(repository, number)) expect(body).not.toContain("\r");
  await commitAll(number);
  expect(textOf("app/api.py")).toBe(
    DEFECTIVE.replace("    for row", "    async for row")
      .replace("save(", "await save(")
      .replaceAll("\n", "\r\n"),
  );
  expect(run()).toMatchObject({ conclusion: "success" });
});

test("a suggestion on the last line of a file without a final newline adds none", async () => {
  const number = await propose({
    "app/api.py": "from app.repo import save\n\n\nasync def main():\n    save(1)",
  });
  expect(places(number)).toEqual(["app/api.py:5"]);
  await commitAll(number);
  expect(textOf("app/api.py")).toBe("from app.repo import save\n\n\nasync def main():\n    await save(1)");
  expect(run()).toMatchObject({ conclusion: "success" });
});
