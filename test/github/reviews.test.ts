import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openShop, type Shop } from "./open-shop.ts";

let shop: Shop;

beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  expect(shop.github.violations).toEqual([]);
  await shop.github.stop();
});

const bodies = () => shop.github.comments(shop.repository, 1).map(({ body }) => body);
const pend = async (body = "later"): Promise<unknown> => {
  const comments = [{ path: "a.py", line: 4, body }];
  return (await shop.call("POST", "/pulls/1/reviews", { comments })).body.id;
};

describe("a pending review", () => {
  test("is its author's alone until it is submitted", async () => {
    const id = await pend();
    expect(bodies()).toEqual([]);
    expect((await shop.call("GET", "/pulls/1/comments")).body).toEqual([]);
    expect((await shop.call("GET", "/pulls/1/reviews")).body).toMatchObject([{ id, state: "PENDING" }]);
    const submitted = await shop.call("POST", `/pulls/1/reviews/${id}/events`, {
      event: "COMMENT",
      body: "t",
    });
    expect(submitted).toMatchObject({ status: 200, body: { state: "COMMENTED", body: "t" } });
    expect(bodies()).toEqual(["later"]);
  });

  test("can be deleted with its comments, a submitted one cannot", async () => {
    const id = await pend();
    expect((await shop.call("DELETE", `/pulls/1/reviews/${id}`)).status).toBe(200);
    await shop.comment();
    expect(bodies()).toEqual(["b"]);
    const [review] = shop.github.reviews(shop.repository, 1);
    expect(await shop.call("DELETE", `/pulls/1/reviews/${review?.id}`)).toMatchObject({
      status: 422,
      body: { message: "Can not delete a non-pending pull request review" },
    });
  });

  test("swallows replies, so that people do not see them", async () => {
    const root = await shop.comment();
    const id = await pend();
    const { data, errors } = await shop.query(
      `mutation Reply($input: AddPullRequestReviewThreadReplyInput!) {
        addPullRequestReviewThreadReply(input: $input) { comment { state replyTo { databaseId } } }
      }`,
      { input: { pullRequestReviewThreadId: `PRRT_${root}`, body: "swallowed" } },
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      addPullRequestReviewThreadReply: { comment: { state: "PENDING", replyTo: { databaseId: root } } },
    });
    expect(bodies()).toEqual(["b"]);
    const mutation = `mutation { deletePullRequestReview(input: { pullRequestReviewId: "PRR_${id}" }) { pullRequestReview { databaseId } } }`;
    expect((await shop.query(mutation)).data).toEqual({
      deletePullRequestReview: { pullRequestReview: { databaseId: id } },
    });
    expect(shop.github.reviews(shop.repository, 1)).toHaveLength(1);
  });

  test("of a person is nobody else's business", async () => {
    await shop.github.commentOnLines(shop.repository, 1, { path: "a.py", line: 3, body: "theirs" }, "hubot");
    expect((await shop.call("GET", "/pulls/1/reviews")).body).toMatchObject([{ user: { login: "hubot" } }]);
    await pend();
    await shop.github.commentOnLines(shop.repository, 1, { path: "a.py", line: 4, body: "again" }, "hubot");
    expect(bodies()).toEqual(["theirs", "again"]);
  });
});

describe("comments on lines", () => {
  test("a reply names the comment that began the thread; replies to replies are not found", async () => {
    const root = await shop.comment();
    const reply = await shop.call("POST", `/pulls/1/comments/${root}/replies`, { body: "fixed" });
    expect(reply).toMatchObject({
      status: 201,
      body: { in_reply_to_id: root, user: { login: "yieldsign[bot]" } },
    });
    const again = await shop.call("POST", `/pulls/1/comments/${reply.body.id}/replies`, { body: "x" });
    expect(again.status).toBe(404);
    expect(bodies()).toEqual(["b", "fixed"]);
  });

  test("its own are edited and deleted by the App, a person's are not", async () => {
    const own = await shop.comment();
    const theirs = await shop.github.reply(shop.repository, 1, own, "I disagree");
    const status = async (method: string, id: number, body?: object) =>
      (await shop.call(method, `/pulls/comments/${id}`, body)).status;
    expect(await status("PATCH", own, { body: "new" })).toBe(200);
    expect(await status("PATCH", theirs, { body: "new" })).toBe(403);
    expect(await status("DELETE", theirs)).toBe(403);
    expect(await status("DELETE", own)).toBe(204);
    expect(await status("DELETE", own)).toBe(404);
    expect(bodies()).toEqual(["I disagree"]);
  });

  test("a reaction is new once", async () => {
    const id = await shop.comment();
    const react = async () =>
      (await shop.call("POST", `/pulls/comments/${id}/reactions`, { content: "eyes" })).status;
    expect([await react(), await react()]).toEqual([201, 200]);
    const [comment] = shop.github.comments(shop.repository, 1);
    expect(comment?.reactions.map(({ user, content }) => [user, content])).toEqual([
      ["yieldsign[bot]", "eyes"],
    ]);
  });
});

test("without pull_requests: write nothing is written", async () => {
  const id = await shop.comment();
  shop.github.grant(1, { permissions: { metadata: "read", contents: "read", pull_requests: "read" } });
  await shop.renewToken();
  const refused = { status: 403, body: { message: "Resource not accessible by integration" } };
  for (const [path, body] of [
    ["/pulls/1/reviews", { event: "COMMENT", body: "t" }],
    [`/pulls/1/comments/${id}/replies`, { body: "t" }],
    ["/issues/1/comments", { body: "t" }],
    [`/pulls/comments/${id}/reactions`, { content: "eyes" }],
  ] as const)
    expect(await shop.call("POST", path, body)).toMatchObject(refused);
  expect(bodies()).toEqual(["b"]);
});
