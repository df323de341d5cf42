import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LINES, openShop, type Shop } from "./open-shop.ts";

let shop: Shop;

beforeEach(async () => {
  shop = await openShop({ contents: "write" });
});
afterEach(async () => {
  expect(shop.github.violations).toEqual([]);
  await shop.github.stop();
});

const THREADS = `query Threads($first: Int, $after: String) {
  repository(owner: "acme", name: "shop") { pullRequest(number: 1) { reviewThreads(first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      id path line startLine originalLine isOutdated isResolved subjectType resolvedBy { login }
      viewerCanResolve viewerCanUnresolve viewerCanReply
      comments(first: 10) { nodes {
        fullDatabaseId body viewerDidAuthor author { __typename login } isMinimized minimizedReason
        reactions(first: 5, content: THUMBS_DOWN) { totalCount nodes { user { login } } }
      } }
    }
  } } }
}`;

interface Threads {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly Record<string, unknown>[];
}

async function threads(first = 10, after: string | null = null): Promise<Threads> {
  const { data, errors } = await shop.query(THREADS, { first, after });
  expect(errors).toEqual([]);
  return (data as { repository: { pullRequest: { reviewThreads: Threads } } }).repository.pullRequest
    .reviewThreads;
}

async function mutate(field: string, input: object): Promise<unknown> {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const { errors } = await shop.query(
    `mutation Change($input: ${type}!) { ${field}(input: $input) { clientMutationId } }`,
    { input },
  );
  return errors.map((one) => one.type ?? one.message);
}

test("a thread has the replies of people and the App, and who did what", async () => {
  const root = await shop.comment();
  await shop.github.reply(shop.repository, 1, root, "No", "hubot");
  shop.github.react(shop.repository, 1, root, "-1", "hubot");
  expect(await mutate("minimizeComment", { subjectId: `PRRC_${root}`, classifier: "OFF_TOPIC" })).toEqual([]);
  const [thread] = (await threads()).nodes;
  expect(thread).toMatchObject({
    id: `PRRT_${root}`,
    path: "a.py",
    line: 3,
    startLine: null,
    originalLine: 3,
    isOutdated: false,
    isResolved: false,
    subjectType: "LINE",
    viewerCanReply: true,
    viewerCanResolve: true,
    viewerCanUnresolve: false,
    comments: {
      nodes: [
        {
          fullDatabaseId: String(root),
          viewerDidAuthor: true,
          author: { __typename: "Bot", login: "yieldsign" },
          isMinimized: true,
          minimizedReason: "off-topic",
          reactions: { totalCount: 1, nodes: [{ user: { login: "hubot" } }] },
        },
        {
          body: "No",
          viewerDidAuthor: false,
          author: { __typename: "User", login: "hubot" },
          isMinimized: false,
        },
      ],
    },
  });
  expect(await mutate("unminimizeComment", { subjectId: `PRRC_${root}` })).toEqual([]);
  expect(shop.github.comments(shop.repository, 1)[0]?.minimizedReason).toBeNull();
});

test("a person's name stands beside what they resolved, the App's does not", async () => {
  const root = await shop.comment();
  const resolved = async () => {
    const [thread] = (await threads()).nodes;
    return [thread?.isResolved, thread?.resolvedBy];
  };
  await shop.github.setResolved(shop.repository, 1, root, true, "hubot");
  expect(await resolved()).toEqual([true, { login: "hubot" }]);
  expect(await mutate("unresolveReviewThread", { threadId: `PRRT_${root}` })).toEqual([]);
  expect(await resolved()).toEqual([false, null]);
  expect(await mutate("resolveReviewThread", { threadId: `PRRT_${root}` })).toEqual([]);
  expect(await resolved()).toEqual([true, null]);
});

test("pull_requests: write alone cannot resolve", async () => {
  const root = await shop.comment();
  shop.github.grant(1, { permissions: { pull_requests: "write", contents: "read", metadata: "read" } });
  await shop.renewToken();
  expect(await mutate("resolveReviewThread", { threadId: `PRRT_${root}` })).toEqual(["FORBIDDEN"]);
  expect((await threads()).nodes).toMatchObject([{ isResolved: false, viewerCanResolve: false }]);
});

test("the page's button resolves in the name of whoever pressed it", async () => {
  const root = await shop.comment(4, "```suggestion\nvier\n```");
  await shop.github.commitSuggestions(shop.repository, 1, [root], "hubot");
  expect((await threads()).nodes).toMatchObject([{ isResolved: true, resolvedBy: { login: "hubot" } }]);
  const sender = shop.github.deliveries.slice(-2).map(({ body }) => JSON.parse(body).sender.login);
  expect(sender).toEqual(["hubot", "hubot"]);
});

test("threads come by pages, and all comments of a thread are outdated at once", async () => {
  const [first, second] = [await shop.comment(3), await shop.comment(5)];
  await shop.github.reply(shop.repository, 1, first, "Really?");
  await shop.github.commit(
    shop.repository,
    "topic",
    { "a.py": `top\n${LINES.replace("line 3\n", "troix\n")}` },
    "Again",
  );
  const page = await threads(1);
  expect(page).toMatchObject({
    totalCount: 2,
    nodes: [{ id: `PRRT_${first}`, line: null, isOutdated: true }],
  });
  expect(page.pageInfo.hasNextPage).toBe(true);
  const next = await threads(1, page.pageInfo.endCursor);
  expect(next).toMatchObject({
    nodes: [{ id: `PRRT_${second}`, line: 6 }],
    pageInfo: { hasNextPage: false },
  });
  expect(shop.github.comments(shop.repository, 1).map(({ line }) => line)).toEqual([null, 6, null]);
});

describe("several mutations in one request", () => {
  const MANY = `mutation ChangeThreads($a: UpdatePullRequestReviewCommentInput!, $b: AddPullRequestReviewThreadReplyInput!, $c: AddPullRequestReviewThreadReplyInput!, $d: AddReactionInput!) {
    m0: updatePullRequestReviewComment(input: $a) { clientMutationId }
    m1: addPullRequestReviewThreadReply(input: $b) { clientMutationId }
    m2: addPullRequestReviewThreadReply(input: $c) { comment { body } }
    m3: addReaction(input: $d) { reaction { content } }
  }`;

  test("run in order, and one that fails does not stop the others", async () => {
    const root = await shop.comment();
    const { data, errors } = await shop.query(MANY, {
      a: { pullRequestReviewCommentId: `PRRC_${root}`, body: "edited" },
      b: { pullRequestReviewThreadId: "PRRT_0", body: "nowhere" },
      c: { pullRequestReviewThreadId: `PRRT_${root}`, body: "reply" },
      d: { subjectId: `PRRC_${root}`, content: "EYES" },
    });
    expect(data).toMatchObject({
      m1: null,
      m2: { comment: { body: "reply" } },
      m3: { reaction: { content: "EYES" } },
    });
    expect(errors).toEqual([
      {
        type: "NOT_FOUND",
        path: ["m1"],
        message: "Could not resolve to a node with the global id of 'PRRT_0'",
      },
    ]);
    expect(shop.github.comments(shop.repository, 1).map(({ body }) => body)).toEqual(["edited", "reply"]);
    expect(shop.github.requests.at(-1)).toMatchObject({ operationName: "mutation ChangeThreads" });
  });

  test("are done although the answer was lost", async () => {
    const root = await shop.comment();
    shop.github.inject({ method: "POST", path: /graphql/, times: 1, when: "after", status: 502 });
    const mutation = `mutation { resolveReviewThread(input: { threadId: "PRRT_${root}" }) { clientMutationId } }`;
    expect((await shop.query(mutation)).status).toBe(502);
    expect(shop.github.comments(shop.repository, 1)[0]?.thread.isResolved).toBe(true);
  });
});

test("connections want bounds from 1 to 100, and few enough nodes", async () => {
  const types = async (fields: string): Promise<unknown> => {
    const { data, errors } = await shop.query(
      `{ repository(owner: "acme", name: "shop") { pullRequest(number: 1) { ${fields} } } }`,
    );
    expect(data).toEqual({});
    return errors.map(({ type }) => type);
  };
  expect(await types("comments { totalCount }")).toEqual(["MISSING_PAGINATION_BOUNDARIES"]);
  expect(await types("reviewThreads(first: 5) { nodes { comments { totalCount } } }")).toEqual([
    "MISSING_PAGINATION_BOUNDARIES",
  ]);
  expect(await types("comments(first: 101) { totalCount }")).toEqual(["EXCESSIVE_PAGINATION"]);
  expect(await types("comments(last: 0) { totalCount }")).toEqual(["ARGUMENT_LIMIT"]);
  expect(
    await types(
      "reviewThreads(first: 100) { nodes { comments(first: 100) { nodes { reactions(first: 100) { totalCount } } } } }",
    ),
  ).toEqual(["MAX_NODE_LIMIT_EXCEEDED"]);
});
