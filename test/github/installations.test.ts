import { afterEach, beforeEach, expect, test } from "vitest";
import { callApi, tokenOf } from "./caller.ts";
import { type GitHub, startGitHub } from "./start-github.ts";

let github: GitHub;
let otherId: number;

beforeEach(async () => {
  github = await startGitHub();
  otherId = github.install("globex").id;
  github.createRepository({ owner: "acme", name: "shop", files: { "a.py": "" } });
  for (const name of ["one", "two", "three"])
    github.createRepository({ owner: "globex", name, files: { "a.py": "" } });
});
afterEach(async () => {
  expect(github.violations).toEqual([]);
  await github.stop();
});

test("the App lists its installations, page by page", async () => {
  const first = await callApi(github, "GET", "/v3/app/installations?per_page=1");
  expect(first.body).toMatchObject([{ id: 1, account: { login: "acme" } }]);
  expect(first.headers.get("link")).toContain("page=2");
  const second = await callApi(github, "GET", "/v3/app/installations?per_page=1&page=2");
  expect(second.body).toMatchObject([{ id: otherId, account: { login: "globex" } }]);
  expect(second.headers.get("link")).toBeNull();
  const found = await callApi(github, "GET", "/v3/repos/globex/two/installation");
  expect(found.body).toMatchObject({ id: otherId, permissions: { checks: "write" } });
  expect((await callApi(github, "GET", "/v3/repos/globex/four/installation")).status).toBe(404);
  expect((await callApi(github, "GET", "/v3/app")).body).toMatchObject({ id: github.appId });
});

test("an installation lists its own repositories, and writes to no other", async () => {
  const authorization = await tokenOf(github, otherId);
  const list = (query: string) =>
    callApi(github, "GET", `/v3/installation/repositories${query}`, { authorization });
  const first = await list("?per_page=2");
  expect(first.body).toMatchObject({ total_count: 3, repositories: [{ name: "one" }, { name: "two" }] });
  expect(first.headers.get("link")).toContain("page=2");
  expect((await list("?per_page=2&page=2")).body).toMatchObject({ repositories: [{ name: "three" }] });
  const run = { name: "x", head_sha: "0".repeat(40) };
  const path = "/v3/repos/acme/shop/check-runs";
  expect((await callApi(github, "POST", path, { authorization, body: run })).status).toBe(403);
});

test("the App's routes want its JWT, an installation's its token; an unknown installation has none", async () => {
  const authorization = await tokenOf(github);
  expect((await callApi(github, "GET", "/v3/app/installations", { authorization })).status).toBe(401);
  expect((await callApi(github, "GET", "/v3/installation/repositories")).status).toBe(403);
  const path = "/v3/app/installations/99/access_tokens";
  expect((await callApi(github, "POST", path, { body: {} })).status).toBe(404);
});
