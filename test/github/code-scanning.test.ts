import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { callApi, tokenOf } from "./caller.ts";
import { type GitHub, startGitHub } from "./start-github.ts";
import type { RepositoryState } from "./state.ts";

let github: GitHub;
let repository: RepositoryState;
let authorization: string;

async function start(permissions: Record<string, "read" | "write">): Promise<void> {
  github = await startGitHub({ permissions });
  authorization = await tokenOf(github);
  repository = github.createRepository({ owner: "acme", name: "shop", files: { "a.py": "" } });
}

beforeEach(() => start({ contents: "read", security_events: "write" }));
afterEach(async () => {
  expect(github.violations).toEqual([]);
  await github.stop();
});

const path = "/v3/repos/acme/shop/code-scanning/sarifs";
const run = (count = 0) => ({ tool: { driver: { name: "Yieldsign" } }, results: Array(count).fill({}) });
const upload = (sarif: string) =>
  callApi(github, "POST", path, {
    authorization,
    body: { commit_sha: repository.git.head("main"), ref: "refs/heads/main", sarif },
  });
const pack = (log: unknown): string => gzipSync(JSON.stringify(log)).toString("base64");

test("an upload is accepted, kept, and its processing can be asked for", async () => {
  const log = { version: "2.1.0", runs: [run(2)] };
  const { status, body } = await upload(pack(log));
  expect(status).toBe(202);
  expect(repository.sarifs).toMatchObject([{ id: body.id, ref: "refs/heads/main", log, errors: [] }]);
  const asked = await callApi(github, "GET", `${path}/${body.id}`, { authorization });
  expect(asked.body).toMatchObject({ processing_status: "complete" });
});

test.each([
  ["another version", { version: "2.0.0", runs: [] }, "version is not 2.1.0"],
  ["21 runs", { version: "2.1.0", runs: Array.from({ length: 21 }, () => run()) }, "more runs than allowed"],
  ["25,001 results", { version: "2.1.0", runs: [run(25_001)] }, "more results per run than allowed"],
  ["no tool", { version: "2.1.0", runs: [{}] }, "no tool.driver.name"],
])("%s is accepted, and its processing fails", async (_, log, words) => {
  const { status, body } = await upload(pack(log));
  expect(status).toBe(202);
  const asked = await callApi(github, "GET", `${path}/${body.id}`, { authorization });
  expect(asked.body).toMatchObject({
    processing_status: "failed",
    errors: [expect.stringContaining(words)],
  });
});

test("what is too large, not zipped, or for no commit is refused at once", async () => {
  expect((await upload(randomBytes(10 * 1024 * 1024 + 1).toString("base64"))).status).toBe(413);
  expect((await upload(Buffer.from("{}").toString("base64"))).status).toBe(400);
  const body = { commit_sha: "0".repeat(40), ref: "refs/heads/main", sarif: pack({}) };
  expect((await callApi(github, "POST", path, { authorization, body })).status).toBe(404);
  expect(repository.sarifs).toEqual([]);
});

test("security_events: write is needed", async () => {
  await github.stop();
  await start({ contents: "read" });
  expect(await upload(pack({ version: "2.1.0", runs: [] }))).toMatchObject({
    status: 403,
    body: { message: "Resource not accessible by integration" },
  });
});
