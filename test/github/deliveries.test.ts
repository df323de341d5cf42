import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { callApi } from "./caller.ts";
import { type GitHub, startGitHub } from "./start-github.ts";
import type { RepositoryState } from "./state.ts";

let github: GitHub;
let repository: RepositoryState;
let receiver: Server;
let received: { headers: IncomingHttpHeaders; after: string }[];
/** How the receiver answers; null: not at all. */
let status: number | null;

async function start(options: Parameters<typeof startGitHub>[0]): Promise<void> {
  github = await startGitHub(options);
  github.deliverTo(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`);
  repository = github.createRepository({ owner: "acme", name: "shop", files: { "a.py": "" } });
}

beforeEach(async () => {
  [received, status] = [[], 200];
  receiver = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { after } = JSON.parse(Buffer.concat(chunks).toString()) as { after: string };
    received.push({ headers: request.headers, after });
    if (status !== null) response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  expect(github.violations).toEqual([]);
  await github.stop();
  receiver.closeAllConnections();
  receiver.close();
});

const push = (content: string) => github.commit(repository, "main", { "a.py": content }, "Change");
const list = async (query = "") => {
  const answer = await callApi(github, "GET", `/v3/app/hook/deliveries${query}`);
  return { link: answer.headers.get("link"), items: answer.body as unknown as Record<string, unknown>[] };
};

test("what failed is listed with the reason and sent again by hand only, with its GUID", async () => {
  await start({ deliveryTimeoutMs: 200 });
  await push("ok\n");
  status = 500;
  await push("refused\n");
  status = null;
  await push("late\n");
  const { items } = await list("?status=failure");
  expect(items).toMatchObject([
    { event: "push", status: "timed out", status_code: 504, redelivery: false },
    { event: "push", status: "Invalid HTTP Response: 500", status_code: 500 },
  ]);
  status = 200;
  const again = await callApi(github, "POST", `/v3/app/hook/deliveries/${items[1]?.id}/attempts`);
  expect(again.status).toBe(202);
  await expect.poll(async () => (await list("?status=success")).items.length).toBe(2);
  expect((await list()).items[0]).toMatchObject({
    guid: items[1]?.guid,
    redelivery: true,
    status: "OK",
    installation_id: 1,
    repository_id: repository.id,
  });
  const guids = received.map(({ headers }) => headers["x-github-delivery"]);
  expect([guids.length, new Set(guids).size]).toEqual([4, 3]);
  const one = await callApi(github, "GET", `/v3/app/hook/deliveries/${items[1]?.id}`);
  expect(one.body).toMatchObject({ guid: items[1]?.guid, request: { payload: { ref: "refs/heads/main" } } });
});

test("nobody there is a failure too", async () => {
  await start({});
  github.deliverTo("http://127.0.0.1:1/");
  await push("x\n");
  expect((await list()).items).toMatchObject([{ status: "failed to connect to host", status_code: 502 }]);
});

test("pages of deliveries go by a cursor, newest first", async () => {
  await start({});
  const shas = [await push("1\n"), await push("2\n"), await push("3\n")];
  const first = await list("?per_page=2");
  expect(first.items).toHaveLength(2);
  const cursor = /cursor=(\d+)/.exec(first.link ?? "")?.[1];
  await push("4\n");
  const second = await list(`?per_page=2&cursor=${cursor}`);
  const oldest = github.deliveries.find(({ id }) => id === second.items[0]?.id);
  expect([second.items.length, JSON.parse(oldest?.body ?? "").after, second.link]).toEqual([
    1,
    shas[0],
    null,
  ]);
});

test("held deliveries come in any order, and twice", async () => {
  await start({});
  github.holdDeliveries();
  const [first, second] = [await push("1\n"), await push("2\n")];
  expect(received).toEqual([]);
  await github.releaseDeliveries([1, 0, 1]);
  expect(received.map(({ after }) => after)).toEqual([second, first, second]);
  expect(received[0]?.headers["x-github-delivery"]).toBe(received[2]?.headers["x-github-delivery"]);
});

test("a push says whether it was forced, and whether the branch was made or deleted", async () => {
  await start({});
  const main = repository.git.head("main") ?? "";
  await github.commit(repository, "topic", { "a.py": "1\n" }, "One");
  await github.forcePush(repository, "topic", main, { "a.py": "2\n" }, "Two");
  await github.deleteBranch(repository, "topic");
  const flags = github.deliveries.map(({ body }) => {
    const { created, forced, deleted, after } = JSON.parse(body) as Record<string, unknown>;
    return { created, forced, deleted, isNull: after === "0".repeat(40) };
  });
  expect(flags).toEqual([
    { created: true, forced: false, deleted: false, isNull: false },
    { created: false, forced: true, deleted: false, isNull: false },
    { created: false, forced: false, deleted: true, isNull: true },
  ]);
});

test("GitHub Enterprise Server names itself, has no limits and no merge queue", async () => {
  await start({ enterprise: { host: "github.example.com", version: "3.19.0" } });
  await push("x\n");
  expect(received[0]?.headers).toMatchObject({
    "x-github-enterprise-host": "github.example.com",
    "x-github-enterprise-version": "3.19.0",
  });
  const answer = await callApi(github, "GET", "/v3/app/installations");
  expect(answer.headers.get("x-ratelimit-limit")).toBeNull();
  await github.openPullRequest(repository, { head: "main", base: "main", title: "x" });
  await expect(github.enqueue(repository, 1)).rejects.toThrow("no merge_group event");
});
