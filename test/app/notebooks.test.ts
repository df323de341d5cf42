import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type GitHub, startGitHub } from "../github/start-github.ts";
import { checksSettled } from "./checks-settled.ts";
import { startYieldsign } from "./start-yieldsign.ts";

const read = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../fixtures/notebooks/${path}`, import.meta.url)), "utf8");

let github: GitHub;
let yieldsign: { stop(): Promise<void>; url: string };

beforeEach(async () => {
  github = await startGitHub();
  yieldsign = await startYieldsign(github);
});

afterEach(async () => {
  await yieldsign.stop();
  expect(github.violations).toEqual([]);
  await github.stop();
});

test("a new notebook is reviewed on the lines of its file, and its suggestions can be committed", async () => {
  const files = { "shop/__init__.py": "", "shop/repo.py": read("shop/repo.py") };
  const repository = github.createRepository({ owner: "acme", name: "shop", files });
  const json = read("jupyter.ipynb");
  const main = repository.git.head("main");
  repository.git.commit("feature", { "work/report.ipynb": json, "r.ipynb": read("r.ipynb") }, "Report", main);
  const number = await github.openPullRequest(repository, { head: "feature", base: "main", title: "Report" });
  await checksSettled(github, repository, "feature");
  const comments = github.comments(repository, number);
  expect(comments.map(({ path, line }) => [path, line])).toEqual(
    [64, 66, 82, 83, 118, 119, 163].map((line) => ["work/report.ipynb", line]),
  );
  const [run] = github.checkRuns(repository, repository.git.head("feature") ?? "");
  expect(run).toMatchObject({ conclusion: "neutral", title: "7 async mistakes" });
  expect(run?.summary).toContain("r.ipynb`: the notebook's language is R, not Python");
  const suggested = comments.filter(({ body }) => body.includes("```suggestion"));
  expect(suggested).toHaveLength(5);
  const head = await github.commitSuggestions(
    repository,
    number,
    suggested.map(({ id }) => id),
  );
  await checksSettled(github, repository, "feature");
  const changed = repository.git.run("show", `${head}:work/report.ipynb`).toString("utf8");
  expect(() => JSON.parse(changed)).not.toThrow();
  expect(changed.split("\n")).toHaveLength(json.split("\n").length);
  expect(github.checkRuns(repository, head)[0]).toMatchObject({ title: "2 async mistakes" });
  expect(github.comments(repository, number)).toHaveLength(comments.length);
  expect(github.violations).toEqual([]);
});
