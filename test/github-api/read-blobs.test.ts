import { createHash } from "node:crypto";
import nock from "nock";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readBlobs } from "../../src/github/read-blobs.ts";
import { API, createClient, REPOSITORY } from "./client.ts";

const client = createClient();

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
  nock.enableNetConnect();
});

interface Stored {
  readonly sha: string;
  readonly size: number;
  readonly bytes: Buffer;
}

function blob(content: string | Buffer): Stored {
  const bytes = Buffer.from(content);
  const sha = createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
  return { sha, size: bytes.length, bytes };
}

const ONE = blob("x = 1\n");
const TWO = blob("x = 2\n");

/** The SHAs of a query by alias. */
function aliases(body: unknown): [string, string][] {
  const { query } = body as { query: string };
  return [...query.matchAll(/(b\d+): object\(oid: "(\w+)"\)/g)].map(([, alias = "", sha = ""]) => [
    alias,
    sha,
  ]);
}

/** Answers queries as GitHub does; `change` disturbs single blobs. */
function graphql(blobs: readonly Stored[], change: Record<string, object | null> = {}, more: object = {}) {
  const asked: string[][] = [];
  nock(API)
    .persist()
    .post("/graphql")
    .reply((_, body) => {
      const wanted = aliases(body);
      asked.push(wanted.map(([, sha]) => sha));
      const repository = Object.fromEntries(
        wanted.map(([alias, sha]) => {
          const { bytes, size } = blobs.find((one) => one.sha === sha) ?? blob("");
          const node = { isBinary: false, isTruncated: false, byteSize: size, text: bytes.toString("utf8") };
          const changed = change[sha];
          return [alias, changed === null ? null : { ...node, ...changed }];
        }),
      );
      return [200, { data: { repository }, ...more }];
    });
  return asked;
}

function rest({ sha, bytes }: Stored): void {
  const content = bytes.toString("base64").replace(/.{4}/g, "$&\n");
  nock(API).get(`/repos/acme/shop/git/blobs/${sha}`).reply(200, { encoding: "base64", content });
}

async function read(...blobs: Stored[]): Promise<string[]> {
  const contents = await readBlobs(client, REPOSITORY, blobs);
  return blobs.map(({ sha }) => Buffer.from(contents.get(sha) ?? "MISSING").toString("utf8"));
}

describe("blobs", () => {
  test("come in one request, each asked for once; an empty one needs none", async () => {
    const asked = graphql([ONE, TWO]);
    expect(await read(ONE, TWO, ONE, blob(""))).toEqual(["x = 1\n", "x = 2\n", "x = 1\n", ""]);
    expect(asked).toEqual([[ONE.sha, TWO.sha]]);
    nock.cleanAll();
  });

  test("are divided by number and by size", async () => {
    const small = Array.from({ length: 150 }, (_, index) => blob(`x = ${index}\n`));
    const large = Array.from({ length: 4 }, (_, index) => blob(`${index}${"x".repeat(500_000)}`));
    const asked = graphql([...small, ...large]);
    await read(...small, ...large);
    expect(asked.map(({ length }) => length)).toEqual([100, 52, 2]);
    nock.cleanAll();
  });

  test("over 512,000 bytes are not even asked for", async () => {
    const huge = blob("x".repeat(512_001));
    rest(huge);
    expect((await read(huge))[0]).toHaveLength(512_001);
  });

  test.each([
    ["binary", { isBinary: true, text: null }],
    ["truncated", { isTruncated: true, text: "x" }],
    ["converted from another encoding", { text: "y = 1\n" }],
    ["without a text", { text: null }],
    ["of unknown kind", { isBinary: null }],
    ["missing", null],
  ])("that are %s there come from REST", async (_, change) => {
    graphql([ONE, TWO], { [ONE.sha]: change });
    rest(ONE);
    expect(await read(ONE, TWO)).toEqual(["x = 1\n", "x = 2\n"]);
    nock.cleanAll();
  });

  test("of an answer with errors are used where they are whole", async () => {
    const errors = [{ type: "SERVICE_UNAVAILABLE", path: ["repository", "b0"], message: "no" }];
    graphql([ONE, TWO], { [ONE.sha]: null }, { errors });
    rest(ONE);
    expect(await read(ONE, TWO)).toEqual(["x = 1\n", "x = 2\n"]);
    nock.cleanAll();
  });

  test("that nobody has are left out", async () => {
    graphql([TWO], { [ONE.sha]: null });
    nock(API).get(`/repos/acme/shop/git/blobs/${ONE.sha}`).reply(404, { message: "Not Found" });
    expect(await read(ONE, TWO)).toEqual(["MISSING", "x = 2\n"]);
    nock.cleanAll();
  });

  test("that arrive damaged are an error that may pass", async () => {
    graphql([ONE], { [ONE.sha]: null });
    rest({ ...ONE, bytes: TWO.bytes });
    await expect(read(ONE)).rejects.toMatchObject({ isRetryable: true, message: /damaged/ });
    nock.cleanAll();
  });
});

describe("a query that GitHub does not answer", () => {
  test("for overload is tried in halves, what is left comes from REST", async () => {
    const blobs = Array.from({ length: 8 }, (_, index) => blob(`x = ${index}\n`));
    const sizes: number[] = [];
    nock(API)
      .post("/graphql")
      .times(7)
      .reply((_, body) => {
        sizes.push(aliases(body).length);
        return [502, { message: "Bad Gateway" }];
      });
    for (const one of blobs) rest(one);
    expect(await read(...blobs)).toHaveLength(8);
    expect(sizes).toEqual([8, 4, 2, 2, 4, 2, 2]);
  });

  test.each([
    ["is refused", 403, { message: "Resource not accessible by integration" }],
    [
      "names a repository it does not see",
      200,
      { data: { repository: null }, errors: [{ type: "NOT_FOUND" }] },
    ],
  ])("because it %s is not repeated", async (_, status, body) => {
    nock(API).post("/graphql").reply(status, body);
    rest(ONE);
    rest(TWO);
    expect(await read(ONE, TWO)).toEqual(["x = 1\n", "x = 2\n"]);
  });

  test("because GraphQL's limit is used up ends the reading, too", async () => {
    const errors = [{ type: "RATE_LIMITED", message: "API rate limit already exceeded" }];
    const reset = Math.floor(Date.now() / 1_000) + 100;
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(reset) };
    nock(API).post("/graphql").reply(200, { errors }, headers);
    const failure = await read(ONE).catch((error: unknown) => error);
    expect(failure).toMatchObject({ isRateLimit: true, isRetryable: true });
    expect((failure as { retryAfter: number }).retryAfter).toBeGreaterThan(90);
  });

  test.each([
    [403, { "retry-after": "7" }, { retryAfter: 7, isRetryable: true }],
    [429, { "retry-after": "1" }, { retryAfter: 1, isRetryable: true }],
    [401, {}, { status: 401, isRetryable: true }],
  ])(
    "with status %d and %j ends the reading: the queue comes back later",
    async (status, headers, expected) => {
      nock(API).post("/graphql").reply(status, {}, headers);
      await expect(read(ONE)).rejects.toMatchObject(expected);
    },
  );
});
