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

const call = (method: string, path: string, body?: unknown) =>
  callApi(github, method, path, { authorization, ...(body === undefined ? {} : { body }) });
const run = () => ({ name: "x", head_sha: repository.git.head("main") });

test("the old name leads to the repository's id: 301 to read, 307 to write", async () => {
  github.rename(repository, { name: "store" });
  const moved = await call("GET", "/v3/repos/acme/shop/git/trees/main?recursive=1");
  const location = moved.headers.get("location") ?? "";
  expect([moved.status, new URL(location).pathname]).toEqual([
    301,
    `/api/v3/repositories/${repository.id}/git/trees/main`,
  ]);
  const followed = await call("GET", location.replace(`http://${github.host}/api`, ""));
  expect(followed.body.tree).toMatchObject([{ path: "a.py" }]);
  const refused = await call("POST", "/v3/repos/acme/shop/check-runs", run());
  expect(refused).toMatchObject({ status: 307, body: { message: "Temporary Redirect" } });
  const written = await call("POST", `/v3/repositories/${repository.id}/check-runs`, run());
  expect(written.status).toBe(201);
  expect((await call("GET", "/v3/repos/acme/store/git/trees/main")).status).toBe(200);
});

test("GraphQL follows by itself, and webhooks carry the new name", async () => {
  github.rename(repository, { name: "store" });
  const query = '{ repository(owner: "acme", name: "shop") { nameWithOwner } }';
  expect((await call("POST", "/graphql", { query })).body).toEqual({
    data: { repository: { nameWithOwner: "acme/store" } },
  });
  await github.commit(repository, "main", { "a.py": "x\n" }, "Change");
  expect(JSON.parse(github.deliveries[0]?.body ?? "").repository.full_name).toBe("acme/store");
});

test("a new repository of the old name ends the redirection", async () => {
  github.rename(repository, { name: "store" });
  github.createRepository({ owner: "acme", name: "shop", files: { "new.py": "" } });
  const { body } = await call("GET", "/v3/repos/acme/shop/git/trees/main");
  expect(body.tree).toMatchObject([{ path: "new.py" }]);
});

test("a transferred repository belongs to the new owner's installation", async () => {
  const other = github.install("globex");
  github.rename(repository, { owner: "globex" });
  const post = (token: string) =>
    callApi(github, "POST", "/v3/repos/globex/shop/check-runs", { authorization: token, body: run() });
  expect((await post(authorization)).status).toBe(403);
  expect((await post(await tokenOf(github, other.id))).status).toBe(201);
  await github.commit(repository, "main", { "a.py": "x\n" }, "Change");
  expect(JSON.parse(github.deliveries[0]?.body ?? "").installation.id).toBe(other.id);
});

test("an archived repository can be read and not written, a deleted one is gone", async () => {
  github.archive(repository);
  expect(await call("POST", "/v3/repos/acme/shop/check-runs", run())).toMatchObject({
    status: 403,
    body: { message: "Repository was archived so is read-only." },
  });
  expect((await call("GET", "/v3/repos/acme/shop/git/trees/main")).status).toBe(200);
  github.deleteRepository(repository);
  expect((await call("GET", "/v3/repos/acme/shop/git/trees/main")).status).toBe(404);
});
