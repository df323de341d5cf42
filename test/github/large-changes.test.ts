import { afterEach, beforeEach, expect, test } from "vitest";
import { callApi, tokenOf } from "./caller.ts";
import { type GitHub, startGitHub } from "./start-github.ts";
import type { RepositoryState } from "./state.ts";

let github: GitHub;
let repository: RepositoryState;
let authorization: string;

beforeEach(async () => {
  github = await startGitHub();
  authorization = await tokenOf(github);
  repository = github.createRepository({ owner: "acme", name: "shop", files: { "a.py": "" } });
});
afterEach(async () => {
  expect(github.violations).toEqual([]);
  await github.stop();
});

const get = (path: string) => callApi(github, "GET", path, { authorization });

test("3,000 files come on 30 pages, the rest not at all; a comparison has 300 on its first page", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 3_010 }, (_, index) => [`f/${String(index).padStart(4, "0")}.py`, `${index}\n`]),
  );
  repository.git.commit("topic", files, "Many", repository.git.head("main"));
  await github.openPullRequest(repository, { head: "topic", base: "main", title: "Many" });
  const names = new Set<string>();
  let pages = 0;
  let next: string | null = "/v3/repos/acme/shop/pulls/1/files?per_page=100";
  while (next !== null) {
    const answer = await get(next);
    pages += 1;
    for (const { filename } of answer.body as unknown as { filename: string }[]) names.add(filename);
    const link = /<([^>]+)>; rel="next"/.exec(answer.headers.get("link") ?? "")?.[1];
    next = link === undefined ? null : link.replace(`http://${github.host}/api`, "");
  }
  expect([pages, names.size]).toEqual([30, 3_000]);
  const compared = async (query: string): Promise<unknown> =>
    ((await get(`/v3/repos/acme/shop/compare/main...topic${query}`)).body.files as unknown[]).length;
  expect([await compared(""), await compared("?page=2")]).toEqual([300, 0]);
  expect((await get("/v3/repos/acme/shop/pulls/1")).body.changed_files).toBe(3_010);
}, 30_000);

test("a patch is left out when it has too many lines or bytes, and its counts stay", async () => {
  repository.git.commit(
    "topic",
    { "lines.py": "x\n".repeat(20_001), "bytes.py": `${"y".repeat(500_001)}\n`, "small.py": "x\n" },
    "Large",
    repository.git.head("main"),
  );
  await github.openPullRequest(repository, { head: "topic", base: "main", title: "Large" });
  const { body } = await get("/v3/repos/acme/shop/pulls/1/files");
  const shown = (body as unknown as { filename: string; additions: number; patch?: string }[]).map((one) => [
    one.filename,
    one.additions,
    one.patch !== undefined,
  ]);
  expect(shown).toEqual([
    ["bytes.py", 1, false],
    ["lines.py", 20_001, false],
    ["small.py", 1, true],
  ]);
});
