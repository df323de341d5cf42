import { afterEach, beforeEach, expect, test } from "vitest";
import { openShop, type Shop } from "./open-shop.ts";

let shop: Shop;

beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  expect(shop.github.violations).toEqual([]);
  await shop.github.stop();
});

const timeline = () => shop.github.timeline(shop.repository, 1).map(({ author, body }) => [author, body]);

test("a comment is written, listed by pages, edited and deleted; pull_requests: write is enough", async () => {
  const created = await shop.call("POST", "/issues/1/comments", { body: "hello" });
  expect(created).toMatchObject({ status: 201, body: { user: { login: "yieldsign[bot]", type: "Bot" } } });
  const path = `/issues/comments/${created.body.id}`;
  await shop.github.comment(shop.repository, 1, "hi");
  const page = await shop.call("GET", "/issues/1/comments?per_page=1&page=2");
  expect(page.body).toMatchObject([{ body: "hi", user: { login: "octocat", type: "User" } }]);
  expect((await shop.call("PATCH", path, { body: "changed" })).status).toBe(200);
  expect(timeline()).toEqual([
    ["yieldsign[bot]", "changed"],
    ["octocat", "hi"],
  ]);
  expect((await shop.call("DELETE", path)).status).toBe(204);
  expect((await shop.call("PATCH", path, { body: "x" })).status).toBe(404);
  expect(timeline()).toEqual([["octocat", "hi"]]);
});

test("what a person wrote is a person's", async () => {
  const id = await shop.github.comment(shop.repository, 1, "mine");
  expect((await shop.call("PATCH", `/issues/comments/${id}`, { body: "x" })).status).toBe(403);
  expect((await shop.call("DELETE", `/issues/comments/${id}`)).status).toBe(403);
  const mutation = `mutation { updateIssueComment(input: { id: "IC_${id}", body: "x" }) { clientMutationId } }`;
  expect((await shop.query(mutation)).errors).toMatchObject([
    { type: "FORBIDDEN", path: ["updateIssueComment"] },
  ]);
  expect(timeline()).toEqual([["octocat", "mine"]]);
});

test("an empty comment and one that is too long are refused", async () => {
  const errors = async (body: string) =>
    (await shop.call("POST", "/issues/1/comments", { body })).body.errors;
  expect(await errors(" ")).toEqual(["Body can't be blank"]);
  expect(await errors("b".repeat(65_537))).toEqual(["Body is too long (maximum is 65536 characters)"]);
  expect((await shop.call("POST", "/issues/9/comments", { body: "b" })).status).toBe(404);
});

test("a reaction is new once, and the App's own is not a person's", async () => {
  const id = await shop.github.comment(shop.repository, 1, "/yieldsign help");
  const react = async () =>
    (await shop.call("POST", `/issues/comments/${id}/reactions`, { content: "+1" })).status;
  expect([await react(), await react()]).toEqual([201, 200]);
  shop.github.react(shop.repository, 1, id, "+1", "hubot");
  const { data } = await shop.query(`{ repository(owner: "acme", name: "shop") { pullRequest(number: 1) {
    comments(last: 1) { nodes { fullDatabaseId viewerDidAuthor reactions(first: 5, content: THUMBS_UP) { totalCount nodes { user { login } } } } }
  } } }`);
  const reactions = { totalCount: 2, nodes: [{ user: null }, { user: { login: "hubot" } }] };
  expect(data).toMatchObject({
    repository: {
      pullRequest: {
        comments: { nodes: [{ fullDatabaseId: String(id), viewerDidAuthor: false, reactions }] },
      },
    },
  });
});

test("a person's permission is what the repository says; everybody reads what is public", async () => {
  shop.github.setPermission(shop.repository, "root", "admin");
  shop.github.setPermission(shop.repository, "banned", "none");
  const permission = async (login: string) =>
    (await shop.call("GET", `/collaborators/${login}/permission`)).body.permission;
  expect(await Promise.all(["octocat", "root", "banned", "stranger"].map(permission))).toEqual([
    "write",
    "admin",
    "none",
    "read",
  ]);
});
