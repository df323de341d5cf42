import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { callApi, tokenOf } from "./caller.ts";
import { type GitHub, startGitHub } from "./start-github.ts";
import type { RepositoryState } from "./state.ts";

const SUBMODULE = "1234567890123456789012345678901234567890";
const LARGE = "x".repeat(1024 * 1024 + 1);

let github: GitHub;
let repository: RepositoryState;
let authorization: string;

beforeEach(async () => {
  github = await startGitHub();
  authorization = await tokenOf(github);
  repository = github.createRepository({
    owner: "acme",
    name: "shop",
    files: { "a.py": "one\r\ntwo", "d/b.py": "b\n" },
  });
  repository.git.commit(
    "topic",
    {
      "a.py": "one\r\nthree",
      "run.py": { mode: "100755", content: "#!/usr/bin/env python3\n" },
      "d/link.py": { mode: "120000", content: "../a.py" },
      "folder.link": { mode: "120000", content: "d" },
      "outside.link": { mode: "120000", content: "../../etc/passwd" },
      vendored: { mode: "160000", content: SUBMODULE },
      "image.bin": new Uint8Array([0, 1, 2, 255]),
      "large.txt": LARGE,
    },
    "Change",
    repository.git.head("main"),
  );
  await github.openPullRequest(repository, { head: "topic", base: "main", title: "Change" });
});
afterEach(async () => {
  expect(github.violations).toEqual([]);
  await github.stop();
});

const get = (path: string, accept?: string) =>
  callApi(github, "GET", `/v3/repos/acme/shop${path}`, {
    authorization,
    ...(accept === undefined ? {} : { accept }),
  });
const read = (path: string, accept?: string) => get(`/contents/${path}?ref=topic`, accept);

test("trees and changed files show the modes", async () => {
  const { body: tree } = await get("/git/trees/topic?recursive=1");
  const modes = (tree.tree as { path: string; mode: string; type: string }[]).map((one) => [
    one.path,
    `${one.mode} ${one.type}`,
  ]);
  expect(Object.fromEntries(modes)).toMatchObject({
    "run.py": "100755 blob",
    "d/link.py": "120000 blob",
    vendored: "160000 commit",
  });
  const { body } = await get("/pulls/1/files");
  const files = Object.fromEntries(
    (body as unknown as { filename: string; patch?: string }[]).map((one) => [one.filename, one.patch]),
  );
  expect(files).toMatchObject({
    "a.py":
      "@@ -1,2 +1,2 @@\n one\r\n-two\n\\ No newline at end of file\n+three\n\\ No newline at end of file",
    "d/link.py": "@@ -0,0 +1 @@\n+../a.py\n\\ No newline at end of file",
    vendored: `@@ -0,0 +1 @@\n+Subproject commit ${SUBMODULE}`,
  });
  expect([files["image.bin"], files["large.txt"]]).toEqual([undefined, undefined]);
  expect((await get(`/git/blobs/${SUBMODULE}`)).status).toBe(404);
});

test("a file that becomes a symlink does not disturb the others", async () => {
  repository.git.commit(
    "topic",
    { "a.py": { mode: "120000", content: "run.py" }, "b.py": "new\n" },
    "Link",
    null,
  );
  const { body } = await get("/pulls/1/files");
  const files = body as unknown as { filename: string; status: string; patch?: string }[];
  expect(files.find(({ filename }) => filename === "a.py")).toMatchObject({ status: "changed" });
  expect(files.find(({ filename }) => filename === "b.py")?.patch).toBe("@@ -0,0 +1 @@\n+new");
});

describe("contents", () => {
  test("a file as JSON and as it is", async () => {
    const { body } = await read("a.py");
    expect(Buffer.from(String(body.content), "base64").toString()).toBe("one\r\nthree");
    expect(body).toMatchObject({ type: "file", path: "a.py", size: 10, encoding: "base64" });
    expect((await read("a.py", "application/vnd.github.raw+json")).text).toBe("one\r\nthree");
    expect((await get("/contents/a.py")).body.size).toBe(8);
  });

  test("a folder, where a submodule is called a file", async () => {
    repository.git.commit("topic", { "d/sub": { mode: "160000", content: SUBMODULE } }, "Sub", null);
    const entries = (await read("d")).body as unknown as { name: string; type: string }[];
    expect(entries.map(({ name, type }) => [name, type])).toEqual([
      ["b.py", "file"],
      ["link.py", "symlink"],
      ["sub", "file"],
    ]);
    expect((await read("vendored")).body).toMatchObject({ type: "submodule", sha: SUBMODULE });
  });

  test("a link to a file is followed, another one is not", async () => {
    expect((await read("d/link.py", "application/vnd.github.raw+json")).text).toBe("one\r\nthree");
    expect((await read("folder.link")).body).toMatchObject({ type: "symlink", target: "d" });
    expect((await read("outside.link")).body).toMatchObject({ type: "symlink", target: "../../etc/passwd" });
  });

  test("over 1 MB only raw and as an object", async () => {
    expect(await read("large.txt")).toMatchObject({
      status: 403,
      body: { errors: [{ resource: "Blob", field: "data", code: "too_large" }] },
    });
    expect((await read("large.txt", "application/vnd.github.raw+json")).text).toHaveLength(LARGE.length);
    expect((await read("large.txt", "application/vnd.github.object+json")).body).toMatchObject({
      content: "",
      encoding: "none",
    });
  });

  test("what is not there", async () => {
    expect((await read("missing.py")).status).toBe(404);
    expect((await get("/contents/a.py?ref=missing")).status).toBe(404);
  });
});
