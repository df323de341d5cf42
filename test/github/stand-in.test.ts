import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { callApi, jwtOf, tokenOf } from "./caller.ts";
import { type GitHub, startGitHub } from "./start-github.ts";
import type { RepositoryState } from "./state.ts";

let github: GitHub;
let repository: RepositoryState;
let token: string;
const LINES = Array.from({ length: 30 }, (_, index) => `line ${index + 1}\n`).join("");

const call = (method: string, path: string, body?: unknown, authorization = token) =>
  callApi(github, method, path, { authorization, ...(body === undefined ? {} : { body }) });

beforeEach(async () => {
  github = await startGitHub();
  token = await tokenOf(github);
  repository = github.createRepository({
    owner: "acme",
    name: "shop",
    files: { "a.py": LINES, "b.py": "x\n" },
  });
  repository.git.commit(
    "topic",
    { "a.py": LINES.replace("line 3\n", "three\n").replace("line 28\n", "") },
    "Change",
    repository.git.head("main"),
  );
  await github.openPullRequest(repository, { head: "topic", base: "main", title: "Change" });
});
afterEach(() => github.stop());

const review = (comments: object[], more: object = {}) =>
  call("POST", "/v3/repos/acme/shop/pulls/1/reviews", {
    event: "COMMENT",
    body: "text",
    comments,
    ...more,
  });

describe("a review is refused in GitHub's words, and nothing of it is kept", () => {
  test.each([
    [
      "a line outside the diff",
      { path: "a.py", body: "b", line: 15 },
      "Pull request review thread line must be part of the diff",
    ],
    ["a file outside the diff", { path: "b.py", body: "b", line: 1 }, "Path could not be resolved"],
    [
      "a start that is not before the end",
      { path: "a.py", body: "b", line: 3, start_line: 3 },
      "Pull request review thread start line must precede the end line.",
    ],
    [
      "two hunks",
      { path: "a.py", body: "b", line: 27, start_line: 3 },
      "Pull request review thread start line must be part of the same hunk as the line.",
    ],
    [
      "a long body",
      { path: "a.py", body: "b".repeat(65_537), line: 3 },
      "Body is too long (maximum is 65536 characters)",
    ],
  ])("%s", async (_, comment, words) => {
    const good = { path: "a.py", body: "b", line: 3 };
    expect(await review([good, comment])).toMatchObject({ status: 422, body: { errors: [words] } });
    expect(github.comments(repository, 1)).toEqual([]);
  });

  test("a second pending review, an empty body, a foreign commit", async () => {
    const words = async (more: object): Promise<unknown> => (await review([], more)).body.errors;
    expect(await words({ body: "" })).toEqual(["Body can't be blank"]);
    expect(await words({ commit_id: "0".repeat(40) })).toEqual([
      "Commit oid is not part of the pull request",
    ]);
    await review([], { event: undefined });
    expect(await words({})).toEqual(["User can only have one pending review per pull request"]);
  });
});

test("context lines can be commented on", async () => {
  expect((await review([{ path: "a.py", body: "b", line: 6 }])).status).toBe(200);
});

test("unknown keys, parameters and routes are violations", async () => {
  await review([{ path: "a.py", body: "b", line: 3, strat_line: 2 }]);
  await call("GET", "/v3/repos/acme/shop/pulls?stat=open");
  await call("GET", "/v3/repos/acme/shop/pull/1");
  expect(github.violations.map((one) => one.split(":")[0])).toEqual([
    "POST /repos/acme/shop/pulls/1/reviews",
    "GET /repos/acme/shop/pulls",
    "GET /repos/acme/shop/pull/1",
  ]);
});

test("credentials are checked: none, a forged token, an expired one, the App where a token is needed", async () => {
  const status = async (authorization: string): Promise<number> =>
    (await call("GET", "/v3/repos/acme/shop/pulls/1", undefined, authorization)).status;
  expect(await status("")).toBe(401);
  expect(await status("token ghs_forged")).toBe(401);
  expect(await status(`bearer ${jwtOf(github)}`)).toBe(403);
  expect(await status(`bearer ${jwtOf(github).slice(0, -4)}AAAA`)).toBe(401);
  expect(await status(token)).toBe(200);
  github.expireTokens();
  expect(await status(token)).toBe(401);
});

describe("check runs", () => {
  const create = (body: object) =>
    call("POST", "/v3/repos/acme/shop/check-runs", {
      name: "x",
      head_sha: repository.git.head("topic"),
      ...body,
    });

  test("append annotations and refuse more than 50", async () => {
    const annotation = { path: "a.py", start_line: 1, end_line: 1, annotation_level: "notice", message: "m" };
    const output = (count: number) => ({
      title: "t",
      summary: "s",
      annotations: Array.from({ length: count }, () => annotation),
    });
    const { body } = await create({ output: output(50) });
    await call("PATCH", `/v3/repos/acme/shop/check-runs/${body.id}`, { output: output(2) });
    expect(github.checkRuns(repository, repository.git.head("topic") ?? "")[0]?.annotations).toHaveLength(52);
    expect((await create({ output: output(51) })).body.message).toContain(
      "No more than 50 items are allowed; 51 were supplied.",
    );
  });

  test("have three buttons at most, with short texts", async () => {
    const action = { label: "Apply fixes", description: "Commits all repairs", identifier: "apply" };
    const message = async (actions: object[]) => (await create({ actions })).body.message;
    expect(await message(Array.from({ length: 4 }, () => action))).toContain(
      "No more than 3 items are allowed; 4 were supplied.",
    );
    for (const [key, most] of Object.entries({ label: 20, description: 40, identifier: 20 })) {
      expect(await message([{ ...action, [key]: "x".repeat(most + 1) }])).toContain(
        `Only ${most} characters are allowed; ${most + 1} were supplied.`,
      );
    }
    expect(await message([action, action, action])).toBeUndefined();
  });

  test("need a commit that exists and a summary that fits", async () => {
    expect((await create({ head_sha: "0".repeat(40) })).body.message).toBe(
      `No commit found for SHA: ${"0".repeat(40)}`,
    );
    const output = { title: "t", summary: "s".repeat(65_536) };
    expect((await create({ output })).body.message).toBe(
      "Only 65535 characters are allowed; 65536 were supplied.",
    );
  });
});

describe("the button", () => {
  const suggest = (line: number, text: string, startLine?: number) =>
    review([
      {
        path: "a.py",
        body: `\`\`\`suggestion\n${text}\n\`\`\``,
        line,
        side: "RIGHT",
        ...(startLine === undefined ? {} : { start_line: startLine }),
      },
    ]);
  const press = (...ids: number[]) =>
    Promise.resolve().then(() => github.commitSuggestions(repository, 1, ids));
  const last = (): number => github.comments(repository, 1).at(-1)?.id ?? 0;

  test("replaces exactly the lines, and pushes", async () => {
    await suggest(4, "vier\nvier und halb");
    await press(last());
    const text = repository.git.run("show", "topic:a.py").toString("utf8");
    expect(text.split("\n").slice(2, 6)).toEqual(["three", "vier", "vier und halb", "line 5"]);
    expect(github.deliveries.slice(-2).map(({ event, action }) => [event, action])).toEqual([
      ["push", null],
      ["pull_request", "synchronize"],
    ]);
  });

  test("refuses what the page refuses", async () => {
    await suggest(3, "three");
    await expect(press(last())).rejects.toThrow("no changes were made to the code");
    await suggest(28, "x", 27);
    await expect(press(last())).rejects.toThrow("Applying suggestions on deleted lines is not supported.");
    await suggest(3, "drei");
    const first = last();
    await suggest(3, "trois");
    await expect(press(first, last())).rejects.toThrow(
      "Only one suggestion per line can be applied in a batch.",
    );
    await github.setOpen(repository, 1, false);
    await expect(press(first)).rejects.toThrow("while the pull request is closed");
  });

  test("refuses an outdated comment; a moved one follows its line", async () => {
    await suggest(3, "drei");
    const [touched] = [last()];
    await suggest(5, "fünf");
    await github.commit(
      repository,
      "topic",
      { "a.py": `first\n${LINES.replace("line 3\n", "troix\n")}` },
      "Again",
    );
    expect(github.comments(repository, 1).map(({ line }) => line)).toEqual([null, 6]);
    await expect(press(touched)).rejects.toThrow("Outdated suggestions cannot be applied.");
  });
});

test("a recursive listing is truncated at the limit, one folder is not", async () => {
  repository.git.commit("main", { "d/e/a.py": "", "d/e/b.py": "", "d/c.py": "" }, "More", null);
  repository.treeLimit = 4;
  const tree = async (name: string): Promise<unknown[]> => {
    const { body } = await call("GET", `/v3/repos/acme/shop/git/trees/${name}`);
    return [(body.tree as { path: string }[]).map(({ path }) => path), body.truncated];
  };
  const folder = repository.git.text("rev-parse", "main:d");
  expect(await tree("main?recursive=0")).toEqual([["a.py", "b.py", "d", "d/c.py"], true]);
  expect(await tree("main")).toEqual([["a.py", "b.py", "d"], false]);
  expect(await tree(`${folder}?recursive=1`)).toEqual([["c.py", "e", "e/a.py", "e/b.py"], false]);
});

describe("GraphQL", () => {
  const query = (text: string) => call("POST", "/graphql", { query: text });

  test("answers from the state, and knows blobs by path", async () => {
    await review([{ path: "a.py", body: "b", line: 3 }]);
    const { body } = await query(`{ repository(owner: "acme", name: "shop") {
      pullRequest(number: 1) { reviewThreads(first: 10) { nodes { path line isResolved comments(first: 1) { nodes { body } } } } }
      object(expression: "main:b.py") { ... on Blob { text byteSize } }
    } }`);
    expect(body).toEqual({
      data: {
        repository: {
          pullRequest: {
            reviewThreads: {
              nodes: [{ path: "a.py", line: 3, isResolved: false, comments: { nodes: [{ body: "b" }] } }],
            },
          },
          object: { text: "x\n", byteSize: 2 },
        },
      },
    });
    expect(github.violations).toEqual([]);
  });

  test("gives blobs by their SHA as GitHub does: cut, converted, missing, failing", async () => {
    const shas = [Buffer.from("caf\xe9", "latin1"), "x".repeat(512_001), "lost", "failing"].map(
      (content, index) => {
        repository.git.commit("blobs", { [`${index}.py`]: content }, "Blob", null);
        return repository.git.text("rev-parse", `blobs:${index}.py`);
      },
    );
    repository.lostBlobs.add(shas[2] ?? "");
    repository.failingBlobs.add(shas[3] ?? "");
    const fields = shas.map(
      (sha, index) => `b${index}: object(oid: "${sha}") { ... on Blob { byteSize isTruncated text } }`,
    );
    const { status, body } = await query(
      `{ repository(owner: "acme", name: "shop") { ${fields.join(" ")} } }`,
    );
    const data = body.data as { repository: Record<string, { text: string } | null> };
    expect(status).toBe(200);
    expect(data.repository.b0).toEqual({ byteSize: 4, isTruncated: false, text: "café" });
    expect(data.repository.b1).toEqual({ byteSize: 512_001, isTruncated: true, text: "x".repeat(512_000) });
    expect([data.repository.b2, data.repository.b3]).toEqual([null, null]);
    expect(body.errors).toMatchObject([{ type: "SERVICE_UNAVAILABLE" }]);
  });

  test("refuses with status 200: no bounds, no permission to resolve", async () => {
    await review([{ path: "a.py", body: "b", line: 3 }]);
    const types = async (text: string): Promise<unknown> => {
      const { status, body } = await query(text);
      return [status, (body.errors as { type: string }[]).map(({ type }) => type)];
    };
    const threads = `{ repository(owner: "acme", name: "shop") { pullRequest(number: 1) { reviewThreads { totalCount } } } }`;
    expect(await types(threads)).toEqual([200, ["MISSING_PAGINATION_BOUNDARIES"]]);
    const id = github.comments(repository, 1)[0]?.id;
    const resolve = `mutation { resolveReviewThread(input: {threadId: "PRRT_${id}"}) { thread { isResolved } } }`;
    expect(await types(resolve)).toEqual([200, ["FORBIDDEN"]]);
  });

  test("a query that GitHub's schema does not know is a violation", async () => {
    await query("{ repository(owner: 1) { stars } }");
    expect(github.violations.length).toBeGreaterThan(0);
  });
});
