import { afterEach, beforeEach, expect, test } from "vitest";
import { openShop, type Shop } from "./open-shop.ts";

let shop: Shop;

beforeEach(async () => {
  shop = await openShop({ contents: "write" });
});
afterEach(async () => {
  expect(shop.github.violations).toEqual([]);
  await shop.github.stop();
});

const headOf = () => shop.repository.git.head("topic") ?? "";

interface Wanted {
  readonly expected?: string;
  readonly repository?: string;
  readonly path?: string;
  readonly contents?: string;
  readonly deletions?: readonly { readonly path: string }[];
}

const commit = ({ expected, repository = "acme/shop", path = "new.py", ...more }: Wanted = {}) => {
  const { contents = "x = 1\r\n", deletions = [] } = more;
  const encoded = Buffer.from(contents, "latin1").toString("base64");
  return shop.query(
    `mutation Commit($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) {
      commit { oid message author { name user { login } } } ref { name }
    } }`,
    {
      input: {
        branch: { repositoryNameWithOwner: repository, branchName: "topic" },
        expectedHeadOid: expected ?? headOf(),
        message: { headline: "Apply fixes", body: "All of them" },
        fileChanges: { additions: [{ path, contents: encoded }], deletions },
      },
    },
  );
};

test("commits bytes as the App on the branch, and tells of the push with the App as sender", async () => {
  const before = headOf();
  const { data, errors } = await commit({ deletions: [{ path: "b.py" }], contents: "caf\xe9\r\n" });
  expect(errors).toEqual([]);
  expect(headOf()).not.toBe(before);
  expect(data).toEqual({
    createCommitOnBranch: {
      commit: {
        oid: headOf(),
        message: "Apply fixes\n\nAll of them",
        author: { name: "yieldsign[bot]", user: { login: "yieldsign[bot]" } },
      },
      ref: { name: "topic" },
    },
  });
  const { git } = shop.repository;
  expect(git.run("show", "topic:new.py")).toEqual(Buffer.from("caf\xe9\r\n", "latin1"));
  expect(git.text("ls-tree", "--name-only", "topic").split("\n")).toEqual(["a.py", "new.py"]);
  expect(git.text("log", "-1", "--format=%P %cn", "topic")).toBe(`${before} GitHub`);
  const sent = shop.github.deliveries.slice(-2).map(({ event, action, body }) => {
    const { sender, after } = JSON.parse(body) as { sender: { login: string; type: string }; after: string };
    return [event, action, sender.login, sender.type, after];
  });
  expect(sent).toEqual([
    ["push", null, "yieldsign[bot]", "Bot", headOf()],
    ["pull_request", "synchronize", "yieldsign[bot]", "Bot", headOf()],
  ]);
});

test("refuses a stale head in GitHub's words, and does nothing", async () => {
  const before = headOf();
  const stale = shop.repository.git.head("main") ?? "";
  expect((await commit({ expected: stale })).errors).toMatchObject([
    {
      type: "STALE_DATA",
      path: ["createCommitOnBranch"],
      message: `Expected branch to point to "${stale}" but it did not. Pull and try again.`,
    },
  ]);
  expect(headOf()).toBe(before);
});

test("refuses without contents: write, on workflows, and on a fork", async () => {
  const refused = [{ type: "FORBIDDEN", message: "Resource not accessible by integration" }];
  const fork = shop.github.fork(shop.repository, "stranger");
  expect((await commit({ repository: `${fork.owner}/shop` })).errors).toMatchObject(refused);
  expect((await commit({ path: ".github/workflows/ci.yml" })).errors).toMatchObject(refused);
  shop.github.grant(1, { permissions: { contents: "read", pull_requests: "write", metadata: "read" } });
  await shop.renewToken();
  expect((await commit()).errors).toMatchObject(refused);
});

test("refuses to delete what is not there", async () => {
  expect((await commit({ deletions: [{ path: "gone.py" }] })).errors).toMatchObject([
    { type: "UNPROCESSABLE" },
  ]);
});
