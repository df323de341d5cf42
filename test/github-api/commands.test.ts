import nock from "nock";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { appendToCheckRun } from "../../src/github/append-to-check-run.ts";
import { createCommit } from "../../src/github/create-commit.ts";
import { toGitHubError } from "../../src/github/github-error.ts";
import { reactToComment } from "../../src/github/react-to-comment.ts";
import { readPermission } from "../../src/github/read-permission.ts";
import { replyInThread } from "../../src/github/reply-in-thread.ts";
import { API, createClient, REPOSITORY } from "./client.ts";

const client = createClient();
const repos = "/repos/acme/shop";

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
  nock.enableNetConnect();
});

describe("a commit", () => {
  const commit = {
    branch: "feature",
    headSha: "a".repeat(40),
    headline: "Apply 1 Yieldsign repair",
    body: "YS106",
    files: new Map([["caf\u00e9.py", Buffer.from("x = 1\r\n")]]),
  };

  test("goes on top of the head that was analysed, with whole contents in base64", async () => {
    nock(API)
      .post("/graphql", ({ variables }: { variables: { input: unknown } }) => {
        expect(variables.input).toEqual({
          branch: { repositoryNameWithOwner: "acme/shop", branchName: "feature" },
          expectedHeadOid: "a".repeat(40),
          message: { headline: "Apply 1 Yieldsign repair", body: "YS106" },
          fileChanges: { additions: [{ path: "caf\u00e9.py", contents: "eCA9IDENCg==" }] },
        });
        return true;
      })
      .reply(200, { data: { createCommitOnBranch: { commit: { oid: "b" } } } });
    expect(await createCommit(client, REPOSITORY, commit)).toEqual({ kind: "committed", sha: "b" });
  });

  const words = 'Expected branch to point to "a" but it did not. Pull and try again.';
  test.each([
    ["STALE_DATA", words, { kind: "stale" }],
    ["FORBIDDEN", "Resource not accessible by integration", { kind: "not permitted" }],
    [
      "UNPROCESSABLE",
      "Changes must be made through a pull request.",
      { kind: "refused", message: "Changes must be made through a pull request." },
    ],
  ])("that GitHub answers with %s is %s", async (type, message, outcome) => {
    nock(API)
      .post("/graphql")
      .reply(200, {
        data: { createCommitOnBranch: null },
        errors: [{ type, message, path: ["createCommitOnBranch"] }],
      });
    expect(await createCommit(client, REPOSITORY, commit)).toEqual(outcome);
  });

  test.each([
    [200, { errors: [{ message: "Something went wrong" }] }, null],
    [200, { errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] }, 60],
    [502, { message: "Bad Gateway" }, null],
  ])("whose fate is not known is an error that may be tried again: %i", async (status, body, retryAfter) => {
    nock(API).post("/graphql").reply(status, body);
    const error = toGitHubError(await createCommit(client, REPOSITORY, commit).catch((one: unknown) => one));
    expect(error).toMatchObject({ isRetryable: true, retryAfter });
  });

  test("that the credential may not make is not permitted", async () => {
    nock(API).post("/graphql").reply(403, { message: "Resource not accessible by integration" });
    expect(await createCommit(client, REPOSITORY, commit)).toEqual({ kind: "not permitted" });
  });
});

test("a person's permission is asked for; who is gone has none", async () => {
  for (const permission of ["admin", "write", "read", "none", "something new"])
    nock(API)
      .get(`${repos}/collaborators/octocat/permission`)
      .reply(200, { permission, role_name: permission });
  nock(API).get(`${repos}/collaborators/octocat/permission`).reply(404, { message: "Not Found" });
  const answers = [];
  for (let at = 0; at < 6; at++) answers.push(await readPermission(client, REPOSITORY, "octocat"));
  expect(answers).toEqual(["admin", "write", "read", "none", "none", "none"]);
});

describe("a reaction", () => {
  const comment = { kind: "thread", id: 7, rootId: 5 } as const;
  const route = `${repos}/pulls/comments/7/reactions`;

  test("on a comment that is gone, or where it is not permitted, is left out", async () => {
    nock(API).post(route, { content: "eyes" }).reply(404, { message: "Not Found" });
    await reactToComment(client, REPOSITORY, comment, "eyes");
    nock(API).post(route).reply(403, { message: "Resource not accessible by integration" });
    await reactToComment(client, REPOSITORY, comment, "eyes");
    nock(API).post(`${repos}/issues/comments/7/reactions`, { content: "+1" }).reply(201, {});
    await reactToComment(client, REPOSITORY, { kind: "timeline", id: 7 }, "+1");
  });

  test("that is limited is tried again later", async () => {
    nock(API).post(route).reply(403, { message: "secondary rate limit" }, { "retry-after": "60" });
    await expect(reactToComment(client, REPOSITORY, comment, "eyes")).rejects.toMatchObject({
      retryAfter: 60,
    });
  });
});

test("a reply goes to the comment that began the thread", async () => {
  nock(API).post(`${repos}/pulls/3/comments/5/replies`, { body: "text" }).reply(201, {});
  await replyInThread(client, REPOSITORY, 3, 5, "text");
});

test("a paragraph is put behind the summary of a check run, within GitHub's limit", async () => {
  const sent: { output: { summary: string } }[] = [];
  nock(API)
    .patch(`${repos}/check-runs/9`, (body) => sent.push(body as never) > 0)
    .times(2)
    .reply(200, {});
  const run = { id: 9, title: "2 async mistakes", summary: "Two.", text: "Table" };
  await appendToCheckRun(client, REPOSITORY, run, "Applied.");
  await appendToCheckRun(client, REPOSITORY, { ...run, summary: "x".repeat(65_535), text: null }, "Applied.");
  expect(sent[0]).toEqual({
    output: { title: "2 async mistakes", summary: "Two.\n\nApplied.", text: "Table" },
  });
  expect(sent[1]?.output.summary).toHaveLength(65_535);
  expect(sent[1]?.output.summary.endsWith("\n\nApplied.")).toBe(true);
});
