import { expect, test } from "vitest";
import type { GitHub } from "../github/start-github.ts";
import { newShop, type Shop } from "./new-shop.ts";
import { quiet } from "./quiet.ts";
import { DEFECTIVE } from "./sample.ts";
import { shareServer } from "./share-server.ts";
import { until } from "./until.ts";

let github: GitHub;
shareServer((started) => {
  github = started;
});

const TWO = ["app/api.py:5", "app/api.py:6"];
const ONE_FIXED = DEFECTIVE.replace("        save(row)", "        await save(row)");

/** A shop whose owner did not agree to some permissions, or to `read` where the App asks for more. */
function oldShop(changes: Readonly<Record<string, "read" | "write" | null>>): Shop {
  const shop = newShop(github);
  const { id, permissions, events } = shop.installation;
  const granted = Object.entries({ ...permissions, ...changes }).flatMap(([name, level]) =>
    level === null ? [] : [[name, level] as const],
  );
  github.grant(id, { permissions: Object.fromEntries(granted), events });
  return shop;
}

const requestsOf = ({ repository }: Shop) =>
  github.requests.filter(({ path }) => path.includes(`/${repository.owner}/`));

test("without `checks: write` the review comes all the same; a push costs three requests and gets nothing", async () => {
  const shop = oldShop({ checks: null });
  const number = await shop.open();
  await until(() => shop.places(number).length > 0, "the review");
  expect(shop.places(number)).toEqual(TWO);
  const before = requestsOf(shop).length;
  await github.commit(shop.repository, "other", { "app/api.py": DEFECTIVE }, "Other");
  await quiet(github);
  expect(shop.repository.checkRuns).toEqual([]);
  expect(
    requestsOf(shop)
      .slice(before)
      .map(({ operationId, status }) => [operationId, status]),
  ).toEqual([
    ["pulls/list", 200],
    ["checks/list-for-ref", 200],
    ["checks/create", 403],
  ]);
});

test("without `pull_requests: write` the check run has everything, and one line about the comments", async () => {
  const shop = oldShop({ pull_requests: "read" });
  const number = await shop.open();
  await shop.settled();
  expect(shop.places(number)).toEqual([]);
  expect(shop.run()).toMatchObject({ conclusion: "neutral", title: "2 async mistakes" });
  expect(shop.run()?.annotations).toHaveLength(2);
  expect(linesAbout(shop, "permi")).toEqual([
    "Comments are missing: the App is not permitted to write them (`pull_requests: write`).",
  ]);
});

test("with `pull_requests: write` taken back, old threads stay as they are; one line says so", async () => {
  const shop = newShop(github);
  const number = await shop.open();
  await shop.settled();
  const { id, permissions, events } = shop.installation;
  github.grant(id, { permissions: { ...permissions, pull_requests: "read" }, events });
  github.expireTokens();
  const before = structuredClone(github.comments(shop.repository, number).map(({ body }) => body));
  await github.commit(
    shop.repository,
    "feature",
    { "app/api.py": `${ONE_FIXED}\n\nasync def more():\n    save(2)\n` },
    "More",
  );
  await shop.settled();
  expect(github.comments(shop.repository, number).map(({ body }) => body)).toEqual(before);
  expect(linesAbout(shop, "refused")).toEqual([]);
  expect(linesAbout(shop, "Comments")).toEqual([
    "Comments are missing: the App is not permitted to write them (`pull_requests: write`).",
  ]);
});

test("without `contents: write` there is no button; fixed threads are folded, and a line says so only then", async () => {
  const shop = newShop(github);
  const number = await shop.open();
  await shop.settled();
  expect(shop.run()?.actions).toEqual([]);
  expect(shop.run()?.summary).not.toContain("contents: write");
  await github.commit(shop.repository, "feature", { "app/api.py": ONE_FIXED }, "Fix one");
  await shop.settled();
  const [, fixed] = github.comments(shop.repository, number);
  expect(fixed).toMatchObject({ minimizedReason: "RESOLVED", thread: { isResolved: false } });
  expect(linesAbout(shop, "contents: write")).toEqual([
    "Fixed threads are folded, not resolved: resolving needs the permission `contents: write`.",
  ]);
  await github.commit(shop.repository, "feature", { "a.txt": "1\n" }, "Else");
  await shop.settled();
  expect(shop.run()?.summary).not.toContain("contents: write");
});

test("with `contents: write` there is the button, and fixed threads are resolved", async () => {
  const shop = oldShop({ contents: "write" });
  const number = await shop.open();
  await shop.settled();
  expect(shop.run()?.actions).toHaveLength(1);
  await github.commit(shop.repository, "feature", { "app/api.py": ONE_FIXED }, "Fix one");
  await shop.settled();
  const [, fixed] = github.comments(shop.repository, number);
  expect(fixed).toMatchObject({ minimizedReason: null, thread: { isResolved: true } });
});

test("without `issues: read` commands in threads work; the timeline is not heard of", async () => {
  const shop = oldShop({ issues: null });
  const number = await shop.open();
  await shop.settled();
  await github.comment(shop.repository, number, "/yieldsign explain YS106");
  const [first] = github.comments(shop.repository, number);
  await github.reply(shop.repository, number, first?.id ?? 0, "/yieldsign explain YS106");
  const answers = () =>
    github
      .comments(shop.repository, number)
      .filter(({ inReplyTo, author }) => inReplyTo === first?.id && author !== "octocat");
  await until(() => answers().length > 0, "the answer in the thread");
  await quiet(github);
  expect(answers()).toHaveLength(1);
  expect(github.timeline(shop.repository, number).map(({ author }) => author)).toEqual(["octocat"]);
});

test("without `merge_queues: read` the queue's branch gets its check by the push", async () => {
  const shop = oldShop({ merge_queues: null });
  const number = await shop.open({
    "app/new.py": "from app.repo import save\n\n\nasync def f():\n    save(1)\n",
  });
  await shop.settled();
  // What came onto the base meanwhile is not the group's.
  await github.commit(shop.repository, "main", { "app/api.py": DEFECTIVE }, "Elsewhere");
  await shop.settled("main");
  const { headSha } = await github.enqueue(shop.repository, number);
  await shop.settled(headSha);
  expect(github.checkRuns(shop.repository, headSha)).toMatchObject([
    { conclusion: "neutral", annotations: [{ path: "app/new.py" }] },
  ]);
});

test("an installation that grants nothing any more: the job ends, once", async () => {
  const shop = newShop(github);
  const number = github.requests.length;
  github.holdDeliveries();
  await shop.open();
  await github.commit(shop.repository, "other", { "app/api.py": DEFECTIVE }, "Other");
  github.grant(shop.installation.id, { permissions: {} });
  await github.releaseDeliveries();
  await quiet(github);
  expect(github.requests.slice(number).length).toBeLessThan(25);
  expect(shop.repository.checkRuns).toEqual([]);
  expect(github.reviews(shop.repository, 1)).toEqual([]);
});

test("a refusal for want of a permission is no rate limit: the installation's other work goes on at once", async () => {
  const shop = oldShop({ pull_requests: "read" });
  await shop.open();
  await shop.settled();
  const started = performance.now();
  await github.commit(shop.repository, "other", { "app/api.py": DEFECTIVE }, "Other");
  await shop.settled("other");
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(shop.run("other")).toMatchObject({ title: "2 async mistakes" });
});

/** Lines of the check run's summary with these words. */
function linesAbout(shop: Shop, words: string): string[] {
  return (shop.run()?.summary ?? "").split("\n").filter((line) => line.includes(words));
}
